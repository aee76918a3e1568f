"""What differs between two drawings, and what designers begin with."""

from __future__ import annotations

import pytest

from bpmn.beginnings import blank, copy_of
from bpmn.comparison import Change, Setting, compare
from bpmn.definitions import read_definition
from bpmn.library import shipped
from domain.errors import DefinitionInvalid, Invalid

SIMPLE = next(each for each in shipped() if each.key == "simple").xml


def changed(before: str, after: str) -> tuple[Change, ...]:
    assert before.encode() in SIMPLE
    return compare(SIMPLE, SIMPLE.replace(before.encode(), after.encode()))


@pytest.mark.parametrize("process", shipped(), ids=lambda each: each.key)
def test_a_drawing_does_not_differ_from_itself(process: object) -> None:
    xml: bytes = process.xml  # type: ignore[attr-defined]
    assert compare(xml, xml) == ()


def test_a_new_name_is_a_renaming() -> None:
    (change,) = changed("Duyệt kết quả", "Thẩm định")
    assert (change.kind, change.element, change.name_before, change.name) == (
        "renamed",
        "review",
        "Duyệt kết quả",
        "Thẩm định",
    )


def test_an_attribute_is_told_with_both_values() -> None:
    (change,) = changed('bangiao:role="head"', 'bangiao:role="leader"')
    assert (change.kind, change.element) == ("changed", "review")
    assert change.settings == (Setting("role", "head", "leader"),)


def test_a_condition_inside_a_flow_is_told_at_the_flow() -> None:
    (change,) = changed('>review_outcome == "return"</', ">False</")
    assert change.type == "sequenceFlow"
    assert [each.name for each in change.settings] == ["conditionExpression"]


def test_another_kind_of_step_is_told() -> None:
    xml = SIMPLE.replace(b'<bpmn:userTask id="record"', b'<bpmn:manualTask id="record"')
    head, _, tail = xml.partition(b'<bpmn:manualTask id="record"')
    (change,) = compare(
        SIMPLE, head + b'<bpmn:manualTask id="record"' + tail.replace(b"</bpmn:userTask>", b"</bpmn:manualTask>", 1)
    )
    assert (change.kind, change.type_before, change.type) == ("retyped", "userTask", "manualTask")


def test_added_comes_in_the_new_files_order_and_removed_last() -> None:
    after = blank("simple", "Việc của một đơn vị")
    changes = compare(SIMPLE, after)
    kinds = [change.kind for change in changes]
    assert kinds.index("removed") > max(i for i, kind in enumerate(kinds) if kind != "removed")
    assert {change.element for change in changes if change.kind == "added"} >= {"buoc_1", "den_ket_thuc"}


def test_places_on_the_sheet_and_ids_of_parts_say_nothing() -> None:
    assert changed('x="', 'x="1') == ()


def test_no_xml_is_refused() -> None:
    with pytest.raises(DefinitionInvalid):
        compare(SIMPLE, b"<a")


def test_an_empty_beginning_has_nothing_to_mend() -> None:
    drawn = read_definition(blank("thu", "Thử"))
    assert (drawn.key, drawn.name) == ("thu", "Thử")
    assert not [each for each in drawn.findings if each.severity == "error"]


@pytest.mark.parametrize("process", shipped(), ids=lambda each: each.key)
def test_a_copy_runs_under_its_own_key(process: object) -> None:
    xml = copy_of(process.xml, "ban_sao", "Bản sao")  # type: ignore[attr-defined]
    drawn = read_definition(xml)
    assert (drawn.key, drawn.name) == ("ban_sao", "Bản sao")
    changes = compare(process.xml, xml)  # type: ignore[attr-defined]
    assert {change.type for change in changes} <= {"process", "participant"}


def test_a_copy_may_not_take_the_id_of_one_of_its_steps() -> None:
    with pytest.raises(Invalid):
        copy_of(SIMPLE, "review", "Bản sao")
