"""The damage that tables suffer on their way, one kind a test."""

from __future__ import annotations

from collections.abc import Callable

from domain.plans import PlanReading
from plans.reader import read_plan
from tests.unit.plans.conftest import HEADER

Read = Callable[..., PlanReading]
WITH_OBJECTIVE = (
    ("Stt", "Nội dung thực hiện", "", "Kết quả/ Sản phẩm", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian"),
    ("", "Mục tiêu", "Nhiệm vụ", "", "", "", ""),
)
BREAK = ("",)


def test_columns_may_stand_in_any_order(read: Read) -> None:
    header = (
        "TT",
        "Thời hạn hoàn thành",
        "Phối hợp",
        "Cơ quan, đơn vị chủ trì",
        "Kết quả dự kiến",
        "Nội dung công việc",
    )
    row = ("1", "Tháng 5", "Thanh tra Sở", "Văn phòng Sở", "Báo cáo", "Soát xét biểu mẫu")
    (activity,) = read(row, header=(header,)).activities
    assert (activity.task, activity.products, activity.lead) == ("Soát xét biểu mẫu", ("Báo cáo",), ("Văn phòng Sở",))
    assert activity.timing[0].month == "2026-05"


def test_a_number_row_and_a_header_printed_again_are_no_work(read: Read) -> None:
    reading = read(
        ("(1)", "(2)", "(3)", "(4)", "(5)", "(6)"),
        ("1", "Việc một", "Báo cáo", "Văn phòng Sở", "", "Tháng 1"),
        HEADER,
        ("2", "Việc hai", "Báo cáo", "Văn phòng Sở", "", "Tháng 2"),
    )
    assert [activity.task for activity in reading.activities] == ["Việc một", "Việc hai"]


def test_a_row_cut_in_mid_word_goes_on_after_the_page(read: Read) -> None:
    reading = read(
        ("1", "Tập huấn về quy trình", "Lớp tập", "Sở Khoa học và", "Các phòng thuộc", "Thường"),
        BREAK,
        HEADER,
        ("", "nội bộ cho công chức", "huấn", "Công nghệ", "Sở", "xuyên"),
        ("2", "Tổng kết", "Báo cáo", "Sở Khoa học và Công nghệ", "Các phòng thuộc Sở", "Tháng 12"),
    )
    first, second = reading.activities
    assert first.task == "Tập huấn về quy trình nội bộ cho công chức"
    assert (first.lead_raw, first.coordinating_raw) == ("Sở Khoa học và Công nghệ", "Các phòng thuộc Sở")
    assert first.timing_raw == "Thường xuyên"
    assert len(first.lines) == 2
    assert {note.field for note in first.notes} >= {"task", "lead", "coordinating", "timing"}
    assert second.number == "2"


def test_a_whole_row_without_number_after_the_page_is_work_of_its_own(read: Read) -> None:
    reading = read(
        ("1", "Lập kế hoạch kiểm tra", "Kế hoạch", "Văn phòng Sở", "Thanh tra Sở", "Tháng 2"),
        BREAK,
        HEADER,
        ("", "Tổ chức kiểm tra tại đơn vị", "Biên bản", "Thanh tra Sở", "Văn phòng Sở", "Quý III"),
    )
    assert [activity.number for activity in reading.activities] == ["1", None]
    assert reading.activities[1].lead == ("Thanh tra Sở",)


def test_a_row_that_slid_left_is_put_right_and_noted(read: Read) -> None:
    reading = read(
        (
            "1.1",
            "Xây dựng kế hoạch của tỉnh",
            "Kế hoạch của đơn vị",
            "Các phòng thuộc Sở",
            "Văn phòng Sở",
            "Tháng 1",
            "",
        ),
        ("1.2", "Công khai đúng hạn", "Đăng tải danh mục", "Danh mục", "Văn phòng Sở", "Các phòng thuộc Sở", "Tháng 2"),
        header=WITH_OBJECTIVE,
    )
    first, second = reading.activities
    assert first.objective is None
    assert first.task == "Xây dựng kế hoạch của tỉnh"
    assert first.products == ("Kế hoạch của đơn vị",)
    assert (first.lead, first.coordinating) == (("Các phòng thuộc Sở",), ("Văn phòng Sở",))
    assert any("lệch cột" in note.text for note in first.notes)
    assert (second.objective, second.task) == ("Công khai đúng hạn", "Đăng tải danh mục")
    assert second.notes == ()


def test_a_unit_that_slid_into_the_time_column_goes_back(read: Read) -> None:
    reading = read(
        ("1", "Việc một", "Báo cáo", "Văn phòng Sở", "Thanh tra Sở", "Hằng quý"),
        ("", "Việc hai", "Báo cáo", "Sở Nội vụ", "", "Văn phòng Sở"),
    )
    second = reading.activities[1]
    assert second.coordinating == ("Văn phòng Sở",)
    assert second.timing_raw == ""
    assert second.timing[0].every == "quarter"


def test_blank_cells_under_a_merged_one_take_its_value_with_a_note(read: Read) -> None:
    reading = read(
        ("1", "Số hóa hồ sơ", "Hồ sơ số", "Văn phòng Sở", "Thanh tra Sở", "Quý I"),
        ("", "Tập huấn số hóa", "Lớp tập huấn", "", "", ""),
    )
    second = reading.activities[1]
    assert (second.lead, second.coordinating) == (("Văn phòng Sở",), ("Thanh tra Sở",))
    assert (second.lead_raw, second.coordinating_raw, second.timing_raw) == ("", "", "")
    assert second.timing[0].quarter == "2026-Q1"
    assert {note.field for note in second.notes} == {"lead", "coordinating", "timing"}


def test_nothing_is_taken_from_above_a_section(read: Read) -> None:
    reading = read(
        ("1", "Việc một", "Báo cáo", "Văn phòng Sở", "Thanh tra Sở", "Quý I"),
        ("II", "Phần sau", "", "", "", ""),
        ("", "Việc hai", "Báo cáo", "", "", ""),
    )
    second = reading.activities[1]
    assert (second.lead, second.timing) == ((), ())
    assert len(reading.warnings) == 2


def test_sections_come_in_three_forms(read: Read) -> None:
    reading = read(
        ("<b>I</b>", "<b>Thể chế</b>", "", "", "", ""),
        ("1", "Việc một", "Báo cáo", "Văn phòng Sở", "", "Tháng 1"),
        ("II CÔNG VỤ", "", "", "", "", ""),
        ("2", "Việc hai", "Báo cáo", "Văn phòng Sở", "", "Tháng 1"),
        ("3. Tài chính", "", "", "", "", ""),
        ("3.1.", "Việc ba", "Báo cáo", "Văn phòng Sở", "", "Tháng 1"),
        ("4.", "Chuyển đổi số", "", "", "", ""),
        ("4.1", "Việc bốn", "Báo cáo", "Văn phòng Sở", "", "Tháng 1"),
    )
    assert [a.section for a in reading.activities] == ["Thể chế", "CÔNG VỤ", "Tài chính", "Chuyển đổi số"]
    assert [a.number for a in reading.activities] == ["1", "2", "3.1", "4.1"]


def test_a_section_between_rows_needs_no_tabs() -> None:
    lines = (
        "\t".join(HEADER),
        "1. Thể chế",
        "1.1\tViệc một\tBáo cáo\tVăn phòng Sở\t\tTháng 1",
        "2. Tài chính",
        "2.1\tViệc hai\tBáo cáo\tVăn phòng Sở\t\tTháng 1",
    )
    reading = read_plan(("KẾ HOẠCH\nnăm 2026\n\n" + "\n".join(lines)).encode(), "ke-hoach.txt")
    assert [(a.number, a.section) for a in reading.activities] == [("1.1", "Thể chế"), ("2.1", "Tài chính")]


def test_a_numbered_row_over_whole_unnumbered_rows_is_their_section(read: Read) -> None:
    reading = read(
        ("1", "Tuyên truyền", "", "", "", ""),
        ("", "Soạn tài liệu", "Tài liệu", "Văn phòng Sở", "", "Tháng 1"),
        ("", "Phát hành tài liệu", "Tờ rơi", "Văn phòng Sở", "", "Tháng 2"),
        ("2", "Kiểm tra", "Biên bản", "Thanh tra Sở", "", "Tháng 3"),
    )
    assert [a.task for a in reading.activities] == ["Soạn tài liệu", "Phát hành tài liệu", "Kiểm tra"]
    assert reading.activities[0].section == "Tuyên truyền"


def test_two_works_may_share_one_task_cell(read: Read) -> None:
    reading = read(
        ("1", "Truyền thông", "Kế hoạch truyền thông.", "Văn phòng Sở.", "Các phòng thuộc Sở.", "Tháng 1"),
        ("", "", "Tin, bài trên trang của Sở.", "Các phòng thuộc Sở.", "Văn phòng Sở.", ""),
    )
    first, second = reading.activities
    assert second.task == first.task == "Truyền thông"
    assert second.lead == ("Các phòng thuộc Sở",)
    assert any(note.field == "task" for note in second.notes)


def test_leftovers_of_html_are_read_as_lists(read: Read) -> None:
    product = "<ul> <li>- Tờ trình;</li> <li>- Quyết định.</li> </ul>"
    (activity,) = read(("1", "<p>Trình <i>phê duyệt</i></p>", product, "Văn phòng Sở", "", "Tháng 1")).activities
    assert activity.task == "Trình phê duyệt"
    assert activity.products == ("Tờ trình", "Quyết định")


def test_ditto_marks_stand_for_the_cell_above(read: Read) -> None:
    reading = read(
        ("1", "Việc một", "Báo cáo", "Văn phòng Sở", "Thanh tra Sở", "Tháng 1"),
        ("2", "Việc hai", "Báo cáo", "-nt-", "nt", "nt"),
    )
    second = reading.activities[1]
    assert second.lead == ("Văn phòng Sở",)
    assert second.lead_raw == "-nt-"
    assert second.timing[0].month == "2026-01"


def test_products_are_parted_by_dash_semicolon_and_number_but_not_by_comma(read: Read) -> None:
    reading = read(
        ("1", "Việc", "- Tờ trình; - Dự thảo Quyết định", "Văn phòng Sở", "", "Tháng 1"),
        ("2", "Việc", "Kế hoạch, báo cáo", "Văn phòng Sở", "", "Tháng 1"),
        ("3", "Việc", "a) Quy chế. b) Hướng dẫn", "Văn phòng Sở", "", "Tháng 1"),
        ("4", "Việc", "Cổng thông tin - Hệ thống một cửa", "Văn phòng Sở", "", "Tháng 1"),
    )
    assert [activity.products for activity in reading.activities] == [
        ("Tờ trình", "Dự thảo Quyết định"),
        ("Kế hoạch, báo cáo",),
        ("Quy chế", "Hướng dẫn"),
        ("Cổng thông tin - Hệ thống một cửa",),
    ]


def test_a_semicolon_inside_a_line_with_its_own_dash_parts_nothing(read: Read) -> None:
    reading = read(
        ("1", "Việc", "- Phương án; kèm biểu số liệu<br>- Báo cáo", "Văn phòng Sở", "", "Tháng 1"),
        ("2", "Việc", "• Phương án; kèm biểu số liệu", "Văn phòng Sở", "", "Tháng 1"),
        ("3", "Việc", "- Tờ trình; dự thảo Quyết định", "Văn phòng Sở", "", "Tháng 1"),
    )
    assert [activity.products for activity in reading.activities] == [
        ("Phương án; kèm biểu số liệu", "Báo cáo"),
        ("Phương án; kèm biểu số liệu",),
        ("Tờ trình", "dự thảo Quyết định"),
    ]


def test_a_column_without_a_place_in_a_plan_is_kept_as_a_note(read: Read) -> None:
    header = (*HEADER, "Lãnh đạo phụ trách")
    row = ("1", "Việc", "Báo cáo", "Văn phòng Sở", "", "Tháng 1", "Phó Giám đốc")
    (activity,) = read(row, header=(header,)).activities
    assert [note.text for note in activity.notes] == ["Cột “Lãnh đạo phụ trách” in: Phó Giám đốc"]


def test_a_row_without_a_tick_takes_no_time_from_the_row_above(read: Read) -> None:
    header = (
        ("STT", "Nhiệm vụ", "Đơn vị chủ trì", "Quý", "", "", ""),
        ("", "", "", "I", "II", "III", "IV"),
    )
    reading = read(
        ("1", "Việc một", "Văn phòng Sở", "", "x", "", ""), ("2", "Việc hai", "", "", "", "", ""), header=header
    )
    first, second = reading.activities
    assert [timing.quarter for timing in first.timing] == ["2026-Q2"]
    assert (second.timing, second.lead) == ((), ("Văn phòng Sở",))
    assert any("không đọc được thời gian" in warning for warning in reading.warnings)


def test_a_remark_column_is_kept_as_a_note(read: Read) -> None:
    header = (*HEADER, "Ghi chú")
    (activity,) = read(
        ("1", "Việc", "Báo cáo", "Văn phòng Sở", "", "Tháng 1", "Lồng ghép"), header=(header,)
    ).activities
    assert [note.text for note in activity.notes if note.field == "remark"] == ["Cột ghi chú in: Lồng ghép"]


def test_a_cell_that_names_lead_and_others_is_parted(read: Read) -> None:
    header = ("STT", "Nội dung", "Đơn vị thực hiện", "Thời gian")
    reading = read(
        ("1", "Việc một", "Văn phòng Sở chủ trì, phối hợp với Thanh tra Sở", "Tháng 1"),
        ("2", "Việc hai", "Chủ trì: Thanh tra Sở; Phối hợp: các phòng thuộc Sở", "Tháng 2"),
        header=(header,),
    )
    assert [activity.lead for activity in reading.activities] == [("Văn phòng Sở",), ("Thanh tra Sở",)]
    assert [activity.coordinating for activity in reading.activities] == [("Thanh tra Sở",), ("Các phòng thuộc Sở",)]


def test_a_whole_row_without_a_number_does_not_go_on_with_the_one_above(read: Callable[..., PlanReading]) -> None:
    reading = read(
        ("1", "Công khai danh mục trên cơ sở dữ liệu và", "Danh mục trên", "Văn phòng Sở", "", "Tháng 2"),
        ("", "Công khai danh mục trên cổng dịch vụ", "Danh mục công khai trên cổng", "Văn phòng Sở", "", "Tháng 3"),
    )  # fmt: skip
    assert [row.task for row in reading.activities][1:] == ["Công khai danh mục trên cổng dịch vụ"]
