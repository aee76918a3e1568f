"""What the program says, in both languages."""

from __future__ import annotations

import copy
import json
from datetime import date

from domain.errors import ExpressionInvalid
from domain.words import Words, counted, joined, said_in, written


def test_words_are_their_vietnamese_and_know_their_english() -> None:
    words = Words("hạn ", "due ") + written(date(2026, 3, 4))
    assert words == "hạn 4/3/2026"
    assert words.english == "due 4 Mar 2026"
    assert said_in(words, "en") == "due 4 Mar 2026"
    assert said_in("Việc của dân", "en") == "Việc của dân"


def test_what_is_added_before_and_after_stays_in_both() -> None:
    whole = "“x”: " + Words("sai", "wrong") + " (1)"
    assert (str(whole), whole.english) == ("“x”: sai (1)", "“x”: wrong (1)")
    listed = joined([Words("một", "one"), "2"], Words(" và ", " and "))
    assert (str(listed), listed.english) == ("một và 2", "one and 2")
    assert [counted(count, Words("ngày", "day")).english for count in (1, 2)] == ["1 day", "2 days"]
    assert whole.capitalised().english == "“x”: wrong (1)"


def test_a_copy_knows_its_english_and_json_is_the_vietnamese() -> None:
    assert copy.deepcopy(Words("sai", "wrong")).english == "wrong"
    assert json.dumps(Words("sai", "wrong")) == '"sai"'


def test_an_error_says_where_it_is_in_both_languages() -> None:
    error = ExpressionInvalid("Không chia được cho 0", "division by zero", line=1)
    error.source = "a / b"
    assert error.told == "Không chia được cho 0 (dòng 1: a / b)"
    assert error.told.english == "division by zero (line 1: a / b)"
