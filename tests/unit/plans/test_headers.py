"""Which columns a header names, by the words different offices use."""

from __future__ import annotations

import pytest

from plans.grid import row_of
from plans.headers import read_header

CASES = {
    "STT | Nhiệm vụ/Hoạt động | Sản phẩm chủ yếu | Thời gian thực hiện | Cơ quan chủ trì | Cơ quan phối hợp": (
        "number", "task", "product", "timing", "lead", "coordinating",
    ),
    "TT | Nội dung | Đơn vị thực hiện | Hạn hoàn thành | Ghi chú": ("number", "task", "lead", "timing", "remark"),
    "Nhiệm vụ | Sản phẩm | Chủ trì | Phối hợp | Thời hạn": ("task", "product", "lead", "coordinating", "timing"),
    "Stt | Công việc | Người/đơn vị thực hiện | Lãnh đạo phụ trách | Tiến độ | Kết quả": (
        "number", "task", "lead", "watcher", "timing", "product",
    ),
    "STT | Nhiệm vụ chung | Nhiệm vụ cụ thể | Sản phẩm đầu ra | Chủ trì | Phối hợp | Thời gian | Kinh phí": (
        "number", "objective", "task", "product", "lead", "coordinating", "timing", "amount",
    ),
    "STT | Chỉ tiêu | ĐVT | Kế hoạch năm 2026 | Đơn vị theo dõi": (
        "number", "target", "measure", "target_value", "watcher",
    ),
    "STT | Thời gian | Tên công trình | Nội dung kiểm tra | Đơn vị chủ trì | Thành phần tham gia": (
        "number", "timing", "subject", "task", "lead", "coordinating",
    ),
    "Mã nhiệm vụ | Nội dung | Cơ quan chuẩn bị | Người phụ trách | Lộ trình": (
        "number", "task", "lead", "watcher", "timing",
    ),
    "STT | Nội dung chung | Nội dung cụ thể | Dự trù kinh phí (VNĐ)": ("number", "objective", "task", "amount"),
}  # fmt: skip


@pytest.mark.parametrize("labels", CASES)
def test_each_header_names_its_columns(labels: str) -> None:
    header = read_header([row_of(labels.split(" | "), 1)])
    assert header is not None
    assert header.columns == CASES[labels]


def test_months_under_quarters_under_a_time_are_ticked_columns() -> None:
    rows = [
        row_of(["TT", "Công việc", "Chủ trì", "Thời gian thực hiện", "", "", "", "", ""], 1),
        row_of(["", "", "", "Quý I", "", "", "Quý II", "", ""], 2),
        row_of(["", "", "", "1", "2", "3", "4", "5", "6"], 3),
    ]
    header = read_header(rows)
    assert header is not None
    assert header.labels[3:] == ("Tháng 1", "Tháng 2", "Tháng 3", "Tháng 4", "Tháng 5", "Tháng 6")


def test_two_rows_of_labels_are_one_header() -> None:
    rows = [
        row_of(["STT", "Nội dung công việc", "Phân công thực hiện", "", "Thời gian", ""], 1),
        row_of(["", "", "Chủ trì", "Phối hợp", "Bắt đầu", "Kết thúc"], 2),
    ]
    header = read_header(rows)
    assert header is not None
    assert (header.columns, header.height) == (("number", "task", "lead", "coordinating", "start", "timing"), 2)


@pytest.mark.parametrize(
    "row",
    [
        ["1", "Rà soát quy định", "Báo cáo", "Văn phòng Sở", "Các phòng", "Quý I"],
        ["UBND TỈNH YÊN HÀ", "", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
        ["", "", "Kế hoạch", "Văn phòng Sở"],
    ],
)
def test_work_and_letterheads_are_no_header(row: list[str]) -> None:
    assert read_header([row_of(row, 1)]) is None
