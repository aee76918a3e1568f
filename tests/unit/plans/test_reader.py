"""Head, targets, duties, reports and money of a plan; and how well whole documents are read."""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from domain.plans import PlanReading
from plans.output import as_dict, to_json
from plans.reader import read_plan
from tests.unit.plans.conftest import HEAD, HEADER, ROWS, TAIL, Sample

Read = Callable[..., PlanReading]
SHARED = Path(__file__).parents[3].parent / "shared"
ROW = ("1", "Việc", "Báo cáo", "Văn phòng Sở", "", "Tháng 1")


def test_a_blank_number_and_date_stay_blank_and_are_warned_about(read: Read) -> None:
    head = ("Số: /KH-SNNMT", "Yên Hà, ngày tháng năm 2026", *HEAD[2:])
    reading = read(ROW, head=head)
    assert (reading.plan.number, reading.plan.date) == (None, None)
    assert reading.plan.year == 2026
    assert len([w for w in reading.warnings if "trống" in w]) == 2


def test_the_line_over_an_annex_gives_number_and_date_the_head_does_not(read: Read) -> None:
    annex = "(Kèm theo Kế hoạch số 45/KH-SNNMT ngày 9 tháng 01 năm 2026 của Sở Nông nghiệp và Môi trường)"
    reading = read(ROW, head=(*HEAD[2:], annex))
    assert reading.plan.number == "45/KH-SNNMT"
    assert reading.plan.date == date(2026, 1, 9)
    assert "45/KH-SNNMT" not in [basis.number for basis in reading.plan.legal_bases]


def test_title_issuer_province_and_signer_are_read() -> None:
    plan = read_plan(Sample().text(), "mau.txt").plan
    assert plan.title == "Kế hoạch rà soát quy trình nội bộ năm 2026"
    assert plan.issuer == "Sở Nông nghiệp và Môi trường tỉnh Yên Hà"
    assert plan.province == "Yên Hà"
    assert plan.signer is not None
    assert (plan.signer.name, plan.signer.title) == ("Nguyễn Văn Mẫu", "GIÁM ĐỐC")


def test_a_deputy_signs_under_two_lines(read: Read) -> None:
    tail = (*TAIL[:-2], "**KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC**", "(Đã ký)", "Trần Thị Thử")
    signer = read(ROW, tail=tail).plan.signer
    assert signer is not None
    assert (signer.name, signer.title) == ("Trần Thị Thử", "KT. GIÁM ĐỐC, PHÓ GIÁM ĐỐC")


def test_recipients_are_read_to_the_copy_that_stays(read: Read) -> None:
    tail = (
        "Nơi nhận: - UBND tỉnh (b/c);",
        "- Các phòng, đơn vị",
        "thuộc Sở;",
        "- Lưu: VT, VP. 05b",
        "GIÁM ĐỐC",
        "Lò Văn Thử",
    )
    assert read(ROW, tail=tail).plan.recipients == (
        "UBND tỉnh (b/c)",
        "Các phòng, đơn vị thuộc Sở",
        "Lưu: VT, VP. 05b",
    )


def test_a_paper_that_names_no_recipient_has_none(read: Read) -> None:
    tail = ("Nơi nhận:", "GIÁM ĐỐC", "Lò Văn Thử")
    assert read(ROW, tail=tail).plan.recipients == ()


def test_each_cited_document_is_a_basis_once_with_what_any_mention_tells(read: Read) -> None:
    head = (
        *HEAD[:4],
        "Căn cứ Nghị định số 70/2025/NĐ-CP; Chương trình số 5-CTr/TU ngày 3/3/2025 của Tỉnh ủy;",
        "Thực hiện Chương trình 5/CTr-TU và Nghị định số 70/2025/NĐ-CP ngày 01 tháng 4 năm 2025 của Chính phủ,",
    )
    bases = read(ROW, head=head).plan.legal_bases
    assert [(basis.number, basis.date, basis.issuer) for basis in bases] == [
        ("70/2025/NĐ-CP", date(2025, 4, 1), "Chính phủ"),
        ("5-CTr/TU", date(2025, 3, 3), "Tỉnh ủy"),
    ]


def test_targets_are_read_from_prose_with_their_comparison(read: Read) -> None:
    head = (
        *HEAD[:6],
        "1. Chỉ tiêu cụ thể",
        "- Tỷ lệ đúng hạn đạt tối thiểu 95%, mức độ hài lòng đạt từ 90% trở lên; trên 60% hồ sơ trực tuyến.",
        "- 100% phòng, 100% đơn vị có cán bộ đầu mối. Không quá 2,5% hồ sơ trễ hạn.",
        "- Chỉ số cải cách hành chính ở mức tốt.",
        "- Mỗi đơn vị có ít nhất một sáng kiến.",
    )
    targets = [(t.comparator, t.value, t.unit) for t in read(ROW, head=head).indicators]
    assert targets == [
        (">=", 95.0, "%"), (">=", 90.0, "%"), (">", 60.0, "%"), ("=", 100.0, "%"), ("<=", 2.5, "%"),
        ("level", "mức tốt", None), (">=", 1.0, "sáng kiến"),
    ]  # fmt: skip


def test_a_target_printed_in_prose_and_in_a_row_is_one(read: Read) -> None:
    head = (*HEAD[:6], "- 80% thủ tục hành chính (TTHC) có hồ sơ mẫu được công khai.")
    reading = read(("1", "Bảo đảm 80% TTHC có hồ sơ mẫu", "Hồ sơ", "Văn phòng Sở", "", "Quý I"), head=head)
    assert len(reading.indicators) == 1


def test_a_table_of_targets_fills_merged_values_and_skips_groups() -> None:
    table = (
        "STT\tChỉ tiêu\tChỉ tiêu phấn đấu năm 2026\tĐơn vị theo dõi\n"
        "1\tNhóm chỉ số\t\t\n"
        "1.1\tChỉ số thứ nhất\tTrong nhóm khá của tỉnh\tVăn phòng Sở\n"
        "1.2\tChỉ số thứ hai\t\tVăn phòng Sở\n"
        "2\tHồ sơ trực tuyến\t70%\tVăn phòng Sở\n"
        "3\tDịch vụ:\t\tVăn phòng Sở\n"
        "\t- Phấn đấu thanh toán trực tuyến\t55%\t\n"
        "4\tSắp xếp đơn vị\tHoàn thành kế hoạch của tỉnh\tVăn phòng Sở\n\n"
    )
    text = Sample(rows=(ROW,)).text().decode() + "\n\nPHỤ LỤC\n\n" + table
    targets = [(t.text, t.comparator, t.value) for t in read_plan(text.encode(), "x.txt").indicators]
    assert targets[:5] == [
        ("Chỉ số thứ nhất", "level", "Trong nhóm khá của tỉnh"),
        ("Chỉ số thứ hai", "level", "Trong nhóm khá của tỉnh"),
        ("Hồ sơ trực tuyến", "=", 70.0),
        ("Phấn đấu thanh toán trực tuyến", ">=", 55.0),
        ("Sắp xếp đơn vị", "complete", "Hoàn thành kế hoạch của tỉnh"),
    ]


def test_duties_have_who_what_and_when_but_no_dates_of_cited_documents(read: Read) -> None:
    tail = (
        "III. TỔ CHỨC THỰC HIỆN",
        "1. Thanh tra Sở",
        "a) Thực hiện Kế hoạch số 8/KH-UBND trước ngày 01/4; gửi báo cáo trước ngày 25/5, ngày 25/8 và 20/11/2026.",
        "b) Các đơn vị trực thuộc Sở xây dựng kế hoạch, ban hành trước ngày 31/01/2026.",
        "c) Căn cứ Quyết định số 3/QĐ-UBND ngày 05/01/2026 của Chủ tịch tỉnh để làm.",
    )
    duties = read(ROW, tail=tail).obligations
    assert [(d.who, [t.before for t in d.timing]) for d in duties] == [
        ("Thanh tra Sở", [date(2026, 4, 1)]),
        ("Thanh tra Sở", [date(2026, 5, 25), date(2026, 8, 25), date(2026, 11, 20)]),
        ("Các đơn vị trực thuộc Sở", [date(2026, 1, 31)]),
    ]


def test_reporting_rules_have_periods_due_forms_and_channel(read: Read) -> None:
    tail = (
        "III. CHẾ ĐỘ BÁO CÁO",
        "1. Các phòng thuộc Sở",
        "Báo cáo định kỳ hằng quý, 6 tháng, năm gửi về Sở (qua Văn phòng Sở) chậm nhất vào ngày 16 của tháng cuối quý,"
        " theo biểu số II.06a, qua hộp thư baocao@yenha.example để tổng hợp.",
    )
    (rule,) = read(ROW, tail=tail).reporting
    assert rule.periods == ("quarter", "half_year", "year")
    assert rule.due == "chậm nhất vào ngày 16 của tháng cuối quý"
    assert (rule.reporters, rule.consolidator) == (("Các phòng thuộc Sở",), "Văn phòng Sở")
    assert (rule.channel, rule.forms) == ("baocao@yenha.example", ("biểu số II.06a",))


def test_sums_that_do_not_agree_are_warned_about_and_left_as_printed() -> None:
    table = (
        "STT\tNội dung chung\tNội dung cụ thể\tDự trù kinh phí (triệu đồng)\n"
        "1\tTập huấn\tHai lớp\t50,5\n2\tIn ấn\tTờ rơi\t20\nTổng cộng\t\t\t100\n"
    )
    text = Sample(rows=(ROW,)).text().decode() + "\n\nPHỤ LỤC II\n\n" + table
    reading = read_plan(text.encode(), "x.txt")
    assert [(item.item, item.amount) for item in reading.budget] == [
        ("Tập huấn: Hai lớp", 50_500_000),
        ("In ấn: Tờ rơi", 20_000_000),
        ("Tổng cộng", 100_000_000),
    ]
    assert any("70.500.000" in warning for warning in reading.warnings)


def test_a_running_line_between_pages_does_not_end_the_table() -> None:
    rows = "\n".join("\t".join(row) for row in ROWS[:2])
    rest = "\n".join("\t".join(row) for row in ROWS[2:])
    text = "\n\n".join(HEAD) + "\n\n" + "\t".join(HEADER) + "\n" + rows + "\n\n2\n\n" + rest
    assert [a.number for a in read_plan(text.encode(), "x.txt").activities] == ["1", "2", "3"]


def test_the_printed_form_has_the_keys_programs_rely_on() -> None:
    reading = read_plan(Sample().text(), "mau.txt")
    shown = json.loads(to_json(reading))
    assert shown == as_dict(reading)
    assert list(shown) == ["plan", "activities", "indicators", "reporting", "obligations", "budget", "warnings"]
    assert set(shown["activities"][0]) == {
        "number", "section", "objective", "task", "products", "lead_raw", "lead", "coordinating_raw", "coordinating",
        "roles", "timing_raw", "timing", "lines", "notes",
    }  # fmt: skip
    assert "Sở" in to_json(reading)


@pytest.mark.parametrize("number", ["000", "002", "003"])
def test_documents_with_a_checked_reading_are_read_as_well_as_ever(number: str) -> None:
    if not SHARED.is_dir():
        pytest.skip(f"{SHARED} is not there: the checked readings stay beside the checkout")
    (expected,) = (SHARED / "expected").glob(f"{number}_*.json")
    source = SHARED / "plans" / f"{expected.stem}.txt"
    scorer = _load(SHARED / "tools" / "score_plan.py")
    actual = as_dict(read_plan(source.read_bytes(), source.name))
    result: dict[str, Any] = scorer.score(json.loads(expected.read_text("utf-8")), actual)
    rest = list(result["rest"].values())
    assert result["total"] >= 0.99
    assert sum(rest) / len(rest) >= 0.95
    assert scorer.invented(actual, source.read_text("utf-8")) == []


@pytest.mark.parametrize("number", ["001", "004"])
def test_documents_without_a_checked_reading_invent_no_cell(number: str) -> None:
    if not SHARED.is_dir():
        pytest.skip(f"{SHARED} is not there: the documents stay beside the checkout")
    (source,) = (SHARED / "plans").glob(f"{number}_*.txt")
    reading = read_plan(source.read_bytes(), source.name)
    scorer = _load(SHARED / "tools" / "score_plan.py")
    assert scorer.invented(as_dict(reading), source.read_text("utf-8")) == []
    assert all(activity.lead and activity.timing for activity in reading.activities)


def _load(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("score_plan", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
