"""Which process a row is proposed to run."""

from __future__ import annotations

import pytest

from domain.plans import Activity
from plans.proposals import propose_definition
from plans.timing import read_timing

CASES = (
    ("Thường xuyên", ("Báo cáo",), ("Thanh tra Sở",), "standing"),
    ("Cả năm", ("Báo cáo",), ("Thanh tra Sở",), "standing"),
    ("Hằng quý", ("Báo cáo",), ("Thanh tra Sở",), "periodic"),
    ("Định kỳ 6 tháng; đột xuất theo yêu cầu", ("Báo cáo",), (), "periodic"),
    ("Theo Kế hoạch của tỉnh", ("Tờ trình",), (), "awaits"),
    ("Khi có hướng dẫn của Bộ", ("Văn bản",), (), "awaits"),
    ("Tháng 3", ("Tờ trình Chủ tịch UBND tỉnh",), (), "activity"),
    ("Tháng 3", ("Văn bản",), ("Thanh tra Sở",), "activity"),
    ("Tháng 3", ("Văn bản",), (), "simple"),
    ("", ("Văn bản",), (), "simple"),
)


@pytest.mark.parametrize(("timing", "products", "coordinating", "key"), CASES)
def test_the_row_says_what_it_runs_and_why(
    timing: str, products: tuple[str, ...], coordinating: tuple[str, ...], key: str
) -> None:
    activity = Activity(
        task="Việc", products=products, lead=("Văn phòng Sở",), coordinating=coordinating, timing_raw=timing,
        timing=read_timing(timing, 2026).timings,
    )  # fmt: skip
    proposal = propose_definition(activity)
    assert proposal.definition_key == key
    assert proposal.reason.english != proposal.reason
