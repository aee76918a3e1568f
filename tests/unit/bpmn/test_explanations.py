"""A case says in one sentence what it waits for, on whom, since when, and what would move it."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from bpmn.explanations import Waiting, explain, explain_all
from domain.words import Words

STAFF = Words("Phòng Tổ chức", "the Staff Division")
URGE = Words("Đôn đốc", "urge")
ENTER = Words("Nhập hộ ý kiến", "enter the answer on their behalf")


@pytest.mark.parametrize(
    ("waiting", "vietnamese", "english"),
    [
        (
            Waiting("user_task", "Góp ý cho dự thảo", STAFF, "dòng 2.3", date(2026, 3, 4), date(2026, 3, 11), -2),
            "Chờ Phòng Tổ chức góp ý cho dự thảo (dòng 2.3), từ 4/3/2026; quá hạn 2 ngày",
            "waits for the Staff Division: Góp ý cho dự thảo (dòng 2.3), since 4 Mar 2026; 2 working days late",
        ),
        (
            Waiting("user_task", "Ký", STAFF, since=date(2026, 3, 4), days_left=0, remedies=[URGE]),
            "Chờ Phòng Tổ chức ký, từ 4/3/2026; hạn hôm nay; có thể đôn đốc",
            "waits for the Staff Division: Ký, since 4 Mar 2026; due today; one may urge",
        ),
        (
            Waiting("user_task", "Góp ý", STAFF, due_at=date(2026, 3, 11), days_left=1, remedies=[URGE, ENTER]),
            "Chờ Phòng Tổ chức góp ý; còn 1 ngày làm việc (hạn 11/3/2026); có thể đôn đốc hoặc nhập hộ ý kiến",
            "waits for the Staff Division: Góp ý; 1 working day left (due 11 Mar 2026); "
            "one may urge or enter the answer on their behalf",
        ),
        (
            Waiting("user_task", "UBND tỉnh trả lời"),
            "Chờ người nhận việc UBND tỉnh trả lời",
            "waits for somebody: UBND tỉnh trả lời",
        ),
        (
            Waiting("timer", "Nhắc trước hạn", due_at=datetime(2026, 3, 4, 17, 0)),
            "Chờ đến 17h00 ngày 4/3/2026: Nhắc trước hạn",
            "waits until 17:00 on 4 Mar 2026: Nhắc trước hạn",
        ),
        (
            Waiting("message", "Trả lời", Words("UBND tỉnh", "the committee"), since=date(2026, 12, 31)),
            "Chờ thông điệp “Trả lời” từ UBND tỉnh, từ 31/12/2026",
            "waits for the message “Trả lời” from the committee, since 31 Dec 2026",
        ),
        (Waiting("signal", "Báo động"), "Chờ tín hiệu “Báo động”", "waits for the signal “Báo động”"),
        (Waiting("job", "Cấp số văn bản"), "Chờ hệ thống cấp số văn bản", "waits for the system: Cấp số văn bản"),
        (
            Waiting(
                "incident", "Gửi thư", since=date(2026, 3, 4),
                reason=Words("máy chủ thư không trả lời", "no mail server"),
                remedies=[Words("Chạy lại", "retry")],
            ),
            "Dừng ở “Gửi thư”, từ 4/3/2026; máy chủ thư không trả lời; có thể chạy lại",
            "stopped at “Gửi thư”, since 4 Mar 2026; no mail server; one may retry",
        ),
    ],
)  # fmt: skip
def test_a_wait_is_one_sentence(waiting: Waiting, vietnamese: str, english: str) -> None:
    assert explain(waiting) == Words(vietnamese, english)


def test_a_case_speaks_of_what_stops_it_most() -> None:
    late = Waiting("user_task", "Góp ý", STAFF, days_left=-2)
    soon = Waiting("user_task", "Ký", STAFF, days_left=1)
    timer = Waiting("timer", "Nhắc", due_at=date(2026, 3, 4))
    assert explain_all([timer, soon, late]).vietnamese == (
        "Chờ Phòng Tổ chức góp ý; quá hạn 2 ngày; cùng lúc còn 1 việc khác"
    )
    broken = Waiting("incident", "Gửi thư")
    assert explain_all([late, broken]).vietnamese.startswith("Dừng ở “Gửi thư”")
    assert explain_all([soon]) == explain(soon)
    assert explain_all([]).vietnamese == "Không chờ việc nào"
