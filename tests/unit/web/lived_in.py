"""An office after months of work: every kind of page has something to show."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from pathlib import Path
from uuid import UUID

from bpmn.library import shipped
from engine.definitions import deploy
from engine.instances import start_instance
from engine.user_tasks import complete_user_task
from office.activities import settle_cell
from office.doubts import open_doubts
from office.organisation import user_of
from office.review import accept_rest
from storage.tables import UserTask
from storage.transactions import Work
from tests.unit.web.conftest import NOW, Office
from tests.unit.web.plan_paper import PAPER, clear_paper, started, upload

BPMN = Path(__file__).parents[2] / "bpmn"
TIMES = (
    "Trước ngày 31/3/2026", "Chậm nhất ngày 05/3/2026", "Hàng quý", "Trước ngày 5 hằng tháng", "Thường xuyên",
    "Ngày 15/6 và ngày 15/12 hằng năm", "Theo Kế hoạch của UBND tỉnh", "Khi có yêu cầu", "Tháng 5/2026", "Quý II/2026",
    "Hằng tuần", "6 tháng một lần", "Trong 15 ngày kể từ ngày có văn bản của Bộ", "Năm 2026", "",
    "Báo cáo quý trước ngày 16 tháng cuối quý", "Định kỳ theo quy định", "Giai đoạn 2026-2027",
    "Sau khi kết thúc quý 5 ngày làm việc", "Ngày 31/02/2026", "Quý nào cũng được", "Hằng năm", "Thứ Sáu hằng tuần",
)  # fmt: skip
UNITS = ("Văn phòng Sở", "Phòng Tổ chức và Pháp chế", "Phòng Quan trắc và Thống kê", "Tổ số hóa liên ngành")
OPINION = "Đề nghị giữ bước kiểm tra thực địa."
BROKEN = "Tính mức hỗ trợ"
SUMMARY = "Bỏ ba giấy tờ"
TYPED = (BROKEN, SUMMARY, OPINION)
"""What people typed that is kept in the state of cases or as their titles."""


def paper_of_every_time() -> str:
    """A paper with a row for each way of saying when."""
    head = clear_paper(1).split("| 1 |")[0]
    lines = [
        f"| {number} | Việc theo mốc {number} | {'Báo cáo' if 'Báo cáo' in time else 'Văn bản'} "
        f"| {UNITS[number % 3]} | {UNITS[(number + 1) % 4]} | {time} |"
        for number, time in enumerate(TIMES, 1)
    ]
    return head + "\n".join(lines) + "\n\nGIÁM ĐỐC\n\nTrần Văn Mẫu\n"


def live_in(office: Office) -> None:
    """Do in `office` what people do in a year; it is then some weeks later."""
    clerk = office.sign_in("hac")
    upload(clerk, PAPER)
    upload(clerk, paper_of_every_time(), "moi-moc.txt")
    running = started(office)
    settled = upload(clerk, paper_of_every_time(), "da-xem.txt")
    office.system.run(lambda work: _settle(work, office, settled))
    clerk.post(f"/plans/{settled}/start")
    office.system.tick()
    later = clear_paper(4).replace("Tháng 7/2026", "Tháng 10/2026").replace("Việc số 1", "Việc đổi tên")
    clerk.post(
        f"/plans/{running}/amendments",
        {"file": (BytesIO(later.encode()), "dieu-chinh.txt")},
        content_type="multipart/form-data",
    )
    _work_on_cases(office)
    _break(office)
    _draw(office)
    _stop_and_go(office)
    office.system.advance(timedelta(days=25))


def _settle(work: Work, office: Office, plan_id: UUID) -> None:
    clerk = user_of(work, office.people["hac"], NOW.date())
    for row in work.activities.of_plan(plan_id):
        for doubt in open_doubts(row):
            settle_cell(row, doubt["field"], clerk, NOW)
    accept_rest(work, plan_id, clerk, NOW)


def _work_on_cases(office: Office) -> None:
    units = [
        {"unit": str(office.units["QT"]), "by_letter": False},
        {"unit": str(office.units["VP"]), "by_letter": True},
    ]
    lua, hien, khoat, thuan = (office.sign_in(login) for login in ("lua", "hien", "khoat", "thuan"))
    full = office.start(coordinating=units, due_date="2026-03-20", to_committee=True)
    draft = office.task(full)
    lua.post(f"/tasks/{draft.id}/comments", {"text": "Đã hỏi lại Chi cục"})
    lua.post(f"/tasks/{draft.id}/files", {"file": (BytesIO(b"x"), "du thao.pdf")}, content_type="multipart/form-data")
    lua.post(f"/tasks/{draft.id}/extension", {"new_date": "2026-03-27", "reason": "Chờ số liệu"})
    lua.post(f"/tasks/{draft.id}/complete", {"draft_summary": SUMMARY})
    for task in office.tasks(full):
        if task.unit_id == office.units["QT"]:
            hien.post(f"/tasks/{task.id}/complete", {"agrees": "false", "text": OPINION})
    waiting = office.start(coordinating=units, number="2.5", title="Việc đang lấy ý kiến", due_date="2026-03-30")
    lua.post(f"/tasks/{office.task(waiting).id}/complete", {"draft_summary": "Dự thảo"})
    signed = office.start(coordinating=[], number="2.6", title="Việc chờ ký", due_date="2026-03-10")
    lua.post(f"/tasks/{office.task(signed).id}/complete", {"draft_summary": "Dự thảo"})
    for _ in range(2):
        for task in office.tasks(signed):
            if task.purpose == "consolidate":
                lua.post(f"/tasks/{task.id}/complete", {"consolidate_outcome": "submit", "changes": "Đã sửa"})
            elif task.purpose == "review":
                khoat.post(f"/tasks/{task.id}/complete", {"outcome": "approve", "review_outcome": "approve"})
    claimed = office.start("simple", number="2.7", title="Việc chuyển tay")
    task = office.task(claimed)
    thuan.post(f"/tasks/{task.id}/claim")
    thuan.post(f"/tasks/{task.id}/extension", {"new_date": "2026-03-27", "reason": "Chờ số liệu"})
    thuan.post(f"/tasks/{task.id}/hand-over", {"person": str(office.people["lua"]), "reason": "Đi họp"})
    office.start("standing", number="2.8", title="Việc thường xuyên", checkins=["2026-03-31", "2026-06-30"])
    office.start("periodic", number="2.9", title="Báo cáo quý")
    office.start("awaits", number="2.10", title="Việc chờ văn bản", due_date=None, due_in={"amount": 15, "unit": "day"})
    khoat.post("/substitutions", {
        "person": str(office.people["khoat"]), "substitute": str(office.people["lua"]),
        "from_date": "2026-03-12", "to_date": "2026-04-30", "reason": "Đi học",
    })  # fmt: skip
    administrator = office.sign_in("quantri")
    administrator.post("/calendar", {"day": "2026-04-03", "kind": "off", "document": "1/QĐ", "note": "Nghỉ bù"})


def _break(office: Office) -> None:
    """A script that divides by nothing, and work for a machine that is not there."""

    def command(work: Work) -> None:
        deploy(work, (BPMN / "failing.bpmn").read_bytes(), now=NOW)
        instance = start_instance(work, "failing", {}, title=BROKEN, now=NOW)
        work.flush()
        task: UserTask = next(iter(work.user_tasks.of_instance(instance.id, only_open=True)))
        administrator = user_of(work, office.people["quantri"], NOW.date())
        complete_user_task(work, task.id, administrator, {"total": 10, "parts": 0}, NOW)

    office.system.run(command)


def _draw(office: Office) -> None:
    """A second version of `simple`, cases of the first moved to it, one taken back."""
    source = next(each for each in shipped() if each.key == "simple")
    xml = source.xml.replace("Giao việc".encode(), "Nhận giao việc".encode())
    forms = tuple(source.forms.items())
    office.system.run(lambda work: deploy(work, xml, key="simple", forms=forms, now=NOW))
    administrator = office.sign_in("quantri")
    begun = administrator.post("/designer/simple/migrate", {"to": "2", "from": "1"})
    office.system.tick()
    administrator.post(f"/designer/migrations/{begun.location.rsplit('/', 1)[1]}/undo")
    office.system.tick()


def _stop_and_go(office: Office) -> None:
    leader = office.sign_in("nhuan")
    stopped = office.start("simple", number="3.1", title="Việc dừng hẳn")
    resting = office.start("simple", number="3.2", title="Việc tạm dừng")
    leader.post(f"/watch/cases/{stopped}/terminate", {"reason": "Trùng"})
    leader.post("/watch/bulk", {"deed": "suspend", "case": [str(stopped), str(resting)], "reason": "Rà soát"})
    office.system.tick()
    task = office.task(office.start("simple", number="3.3", title="Việc được nhắc", due_date="2026-03-02"))
    office.sign_in("quantri").post(f"/watch/tasks/{task.id}/remind")
