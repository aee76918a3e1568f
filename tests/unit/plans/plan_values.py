"""Rows of plans as Hypothesis draws them: texts officials could have typed, with the values a reader gives them."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from domain.plans import Activity, DueDay, Offset, Timing

YEAR = 2026
UNITS = (
    "Văn phòng Sở",
    "Phòng Kế hoạch - Tài chính",
    "Phòng Tổ chức cán bộ",
    "Thanh tra Sở",
    "Chi cục Thủy lợi",
    "Trung tâm Khuyến nông",
    "Phòng Đất đai",
)
_VERBS = ("Rà soát", "Xây dựng", "Tổ chức", "Tham mưu", "Cập nhật", "Kiểm tra", "Công bố", "Đánh giá")
_THINGS = (
    "quy trình nội bộ của từng lĩnh vực",
    "danh mục thủ tục hành chính",
    "hội nghị tập huấn nghiệp vụ",
    "cơ sở dữ liệu đất đai, môi trường",
    "phương án đơn giản hóa",
    "quy chế phối hợp (sửa đổi)",
    "hồ sơ tồn đọng tại bộ phận một cửa",
    "đề án số hóa kết quả",
)
_WHERE = ("", " tại các chi cục", " trên địa bàn tỉnh", " giai đoạn 2026-2030", " theo quy định")
_PRODUCTS = (
    "Kế hoạch",
    "Báo cáo",
    "Quyết định",
    "Tờ trình UBND tỉnh",
    "Danh mục",
    "Công văn",
    "Biên bản",
    "Phương án; kèm biểu số liệu",
)
_SECTIONS = ("Công tác chỉ đạo", "Cải cách thủ tục", "Kiểm tra, đánh giá", "Truyền thông")

tasks = st.builds(
    lambda verb, thing, where: verb + " " + thing + where, *map(st.sampled_from, (_VERBS, _THINGS, _WHERE))
)
days = st.dates(date(YEAR, 1, 1), date(YEAR, 12, 31))
every = st.sampled_from(("month", "quarter", "half_year", "year"))
_RULES = {"month": "Hằng tháng", "quarter": "Hằng quý", "half_year": "Định kỳ 6 tháng/lần", "year": "Hằng năm"}
timings = st.one_of(
    st.builds(lambda day, ends: Timing("deadline", before=day, inclusive=ends), days, st.booleans()),
    st.builds(lambda month: Timing("month", month=f"{YEAR}-{month:02d}"), st.integers(1, 12)),
    st.builds(lambda quarter: Timing("quarter", quarter=f"{YEAR}-Q{quarter}"), st.integers(1, 4)),
    st.builds(lambda kind: Timing("recurring", every=kind, rule=_RULES[kind]), every),
    st.sampled_from(
        (
            Timing("year", year=YEAR, mode="within"),
            Timing("year", year=YEAR, mode="throughout"),
            Timing("continuous", year=YEAR),
            Timing("per_document", reference="Theo Kế hoạch của UBND tỉnh"),
            Timing("event", trigger="Khi có hướng dẫn của Bộ"),
            Timing("on_demand", trigger="Đột xuất theo yêu cầu"),
            Timing("event", trigger="Trong 10 ngày kể từ khi có Quyết định", offset=Offset(10)),
            Timing(
                "recurring",
                every="month",
                rule="Trước ngày 5 hằng tháng",
                due=(DueDay("last_month", 5, inclusive=False),),
            ),
            Timing(
                "recurring", every="quarter", rule="Hằng quý (ngày 20 tháng cuối quý)", due=(DueDay("last_month", 20),)
            ),
            Timing(
                "recurring",
                every="year",
                rule="Trước 10/6, 10/12 hằng năm",
                due=(DueDay("date", 10, 6, inclusive=False), DueDay("date", 10, 12, inclusive=False)),
            ),
            Timing("recurring", every="quarter", rule="Ngày 15 hằng quý", unread="Ngày 15 hằng quý"),
        )
    ),
)


def _activity(
    task: str,
    section: str | None,
    products: list[str],
    lead: list[str],
    coordinating: list[str],
    timing: list[Timing],
) -> Activity:
    return Activity(
        task=task,
        section=section,
        products=tuple(products),
        lead=tuple(lead),
        coordinating=tuple(each for each in coordinating if each not in lead),
        timing=tuple(timing),
    )


sections = st.one_of(st.none(), st.sampled_from(_SECTIONS))
activities = st.builds(
    _activity,
    tasks,
    sections,
    st.lists(st.sampled_from(_PRODUCTS), max_size=3, unique=True),
    st.lists(st.sampled_from(UNITS), min_size=1, max_size=2, unique=True),
    st.lists(st.sampled_from(UNITS), max_size=3, unique=True),
    st.lists(timings, min_size=1, max_size=2, unique=True),
)
