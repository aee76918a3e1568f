"""A plan of the invented office, and what tests do with it."""

from __future__ import annotations

import re
from io import BytesIO
from uuid import UUID

from storage.tables import Activity, Plan
from storage.transactions import reading
from tests.unit.web.conftest import Browser, Office

PAPER = """ỦY BAN NHÂN DÂN TỈNH YÊN HÀ
SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG

Số: 18/KH-SNNMT

Yên Hà, ngày 15 tháng 01 năm 2026

KẾ HOẠCH
Kiểm soát thủ tục hành chính năm 2026

I. NỘI DUNG

| TT | Nhiệm vụ | Sản phẩm | Đơn vị chủ trì | Đơn vị phối hợp | Thời gian |
|---|---|---|---|---|---|
| 1 | Quy định, đầu mối | | | | |
| 1.1 | Rút gọn thủ tục | Tờ trình UBND tỉnh | Văn phòng Sở | Phòng Tổ chức và Pháp chế | Trước ngày 31/3/2026 |
| 1.2 | Báo cáo giải quyết hồ sơ | Báo cáo | Phòng Quan trắc, Thống kê môi trường | Văn phòng Sở | Hàng quý |
| 2 | Một cửa và liên thông | | | | |
| 2.1 | Đối chiếu thời gian ghi trên cổng | Bảng đối chiếu | Tổ số hóa liên ngành | | Tháng 5/2026 |
| 2.2 | Gộp mẫu đơn trong nhóm thủ tục | Mẫu đơn | Phòng Tổ chức và Pháp chế | | Quý nào cũng được |

GIÁM ĐỐC

Trần Văn Mẫu
"""


def clear_paper(rows: int = 3) -> str:
    """A paper without a doubt, of as many rows."""
    head = PAPER.split("| 1 |")[0]
    units = ("Văn phòng Sở", "Phòng Tổ chức và Pháp chế", "Phòng Quan trắc và Thống kê")
    lines = [
        f"| {number} | Việc số {number} | Văn bản | {units[number % 3]} | {units[(number + 1) % 3]} | "
        f"Tháng {number % 9 + 4}/2026 |"
        for number in range(1, rows + 1)
    ]
    return head + "\n".join(lines) + "\n\nGIÁM ĐỐC\n\nTrần Văn Mẫu\n"


def upload(browser: Browser, paper: str | bytes = PAPER, name: str = "ke-hoach.txt") -> UUID:
    """Upload the paper as the browser does; gives the draft's id."""
    browser.get("/reviews")
    content = paper.encode() if isinstance(paper, str) else paper
    answer = browser.post("/reviews", {"file": (BytesIO(content), name)}, content_type="multipart/form-data")
    assert answer.status_code == 303, words(answer.text)
    return UUID(answer.headers["Location"].rsplit("/", 1)[1])


def plans(office: Office) -> list[Plan]:
    with reading(office.system.database) as work:
        return list(work.plans.all())


def rows(office: Office, plan_id: UUID) -> dict[str, Activity]:
    """The plan's rows by number."""
    with reading(office.system.database) as work:
        return {row.number or str(row.position): row for row in work.activities.of_plan(plan_id)}


def started(office: Office, paper: str | None = None) -> UUID:
    """A plan without doubts, started by the clerk and worked off by the background."""
    clerk = office.sign_in("hac")
    plan_id = upload(clerk, paper or clear_paper())
    answer = clerk.post(f"/plans/{plan_id}/start")
    assert answer.status_code == 303
    assert answer.headers["Location"].endswith("/start/progress"), words(clerk.get(answer.headers["Location"]).text)
    office.system.tick()
    return plan_id


def words(page: str) -> str:
    """The page as read: no tags, single blanks."""
    return " ".join(re.sub(r"<[^>]+>", " ", re.sub(r"<svg.*?</svg>", " ", page, flags=re.S)).split())
