"""Folding: what matches what."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from domain.text import capitalise, fold, fold_words, tidy


def test_fold_takes_off_marks_case_and_the_bar_of_d() -> None:
    assert fold("ĐÔN ĐỐC Nhiệm vụ Ủy ban") == "don doc nhiem vu uy ban"


def test_fold_is_the_same_for_both_ways_of_composing_a_letter() -> None:
    assert fold(unicodedata.normalize("NFD", "phường")) == fold(unicodedata.normalize("NFC", "phường")) == "phuong"


def test_fold_words_keeps_words_percents_and_slashes_only() -> None:
    assert fold_words("  - Tỷ lệ: 96 %; (Quý I/2026)…") == "ty le 96 % quy i/2026"


def test_tidy_leaves_one_blank_between_words_and_composes_letters() -> None:
    assert tidy(" Trung\u00a0 tâm \n\t" + unicodedata.normalize("NFD", "Hành chính ")) == "Trung tâm Hành chính"


def test_capitalise_changes_the_first_letter_only() -> None:
    assert capitalise("đơn vị thuộc Sở") == "Đơn vị thuộc Sở"
    assert capitalise("") == ""


@given(st.text())
def test_folding_twice_changes_nothing_more_for_every_text(text: str) -> None:
    once = fold_words(text)
    assert fold_words(once) == once
