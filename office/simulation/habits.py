"""How invented officials behave: when they do a step, what they answer, and when they do not answer at all.

All chances come from one seeded source, so the same plan and seed give the same year.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any
from uuid import UUID

from domain.calendars import ZONE, WorkingCalendar, local_date

SLOTS = (time(9, 0), time(11, 0), time(14, 0), time(16, 0))
SILENT: Mapping[str, float] = {"contribute": 0.15, "draft": 0.05, "check_in": 0.04, "arrival": 0.25, "record": 0.02}
"""How often a step is never done."""
DAYS: Mapping[str, tuple[int, int]] = {
    "contribute": (1, 6),
    "consolidate": (1, 4),
    "review": (1, 3),
    "sign": (1, 3),
    "issue": (0, 1),
    "supplement": (2, 6),
    "record": (1, 3),
    "arrival": (10, 150),
}
"""Working days a step takes, from and to."""
TARDY = 0.15
MOST_RETURNS = 2


@dataclass(slots=True)
class Habits:
    """What officials do, given what is asked of them; counts what went back in each case."""

    random: Random
    calendar: WorkingCalendar
    returns: dict[UUID, int] = field(default_factory=dict)

    def acts_at(self, purpose: str, opened: datetime, due: date | None) -> datetime | None:
        """When somebody does this step; None when nobody ever does."""
        if self.random.random() < SILENT.get(purpose, 0.0):
            return None
        today = local_date(opened)
        if purpose in ("draft", "check_in"):
            day = self._begun(purpose, today, due)
        else:
            day = self.calendar.after(today, self.random.randint(*DAYS.get(purpose, (1, 3))))
        return self.at(max(day, today), not_before=opened)

    def at(self, day: date, *, not_before: datetime) -> datetime:
        """An hour of that working day's, or of the next when it is over."""
        moment = datetime.combine(self.calendar.next_from(day), self.random.choice(SLOTS), ZONE)
        if moment > not_before:
            return moment
        later = not_before.astimezone(ZONE) + timedelta(hours=1)
        return later if later.time() < SLOTS[-1] else self.at(self.calendar.after(day, 1), not_before=not_before)

    def answers(self, purpose: str, instance_id: UUID, today: date) -> dict[str, Any]:
        """What is filled in, as the shipped forms want it."""
        if purpose == "review":
            return self._judged("review_outcome", "review_note", instance_id, 0.12)
        if purpose == "sign":
            return self._judged("sign_outcome", "sign_note", instance_id, 0.06)
        if purpose == "consolidate":
            again = self._goes_back(instance_id, 0.05)
            return {"changes": "Đã tiếp thu, giải trình.", "consolidate_outcome": "ask_again" if again else "submit"}
        if purpose == "contribute":
            return self.opinion(today)
        if purpose == "arrival":
            return self._arrival(today)
        fixed: dict[str, dict[str, Any]] = {
            "draft": {"draft_summary": "Dự thảo kèm theo."},
            "issue": {"issued_number": f"{self.random.randint(1, 999)}/VB", "issued_date": today.isoformat()},
            "answer": self.committee_answer("issued", today),
            "supplement": {"supplement": "Bổ sung số liệu theo yêu cầu."},
            "record": {"result_number": "", "result_date": today.isoformat(), "result_note": "Đã hoàn thành."},
            "check_in": {"progress": self.random.randint(10, 100), "text": "Đang thực hiện theo kế hoạch."},
        }
        return fixed.get(purpose, {})

    def opinion(self, today: date) -> dict[str, Any]:
        """What a coordinating unit writes; the letter counts for those asked by letter."""
        agrees = self.random.random() < 0.8
        return {
            "agrees": agrees,
            "text": "" if agrees else "Đề nghị làm rõ trách nhiệm của từng đơn vị.",
            "letter_number": f"{self.random.randint(1, 999)}/CV",
            "letter_date": today.isoformat(),
        }

    def committee_answer(self, answer: str, today: date) -> dict[str, Any]:
        """What the People's Committee says: issued, returned or more."""
        issued = answer == "issued"
        return {
            "answer": answer,
            "answer_number": f"{self.random.randint(100, 4000)}/QĐ-UBND" if issued else "",
            "answer_date": today.isoformat() if issued else "",
            "answer_note": "" if issued else "Đề nghị bổ sung, làm rõ.",
        }

    def committee(self, instance_id: UUID) -> str | None:
        """What the Committee decides; None when its answer is not heard this year."""
        chance = self.random.random()
        if chance < 0.08:
            return None
        if chance < 0.28 and self.returns.get(instance_id, 0) < MOST_RETURNS:
            self.returns[instance_id] = self.returns.get(instance_id, 0) + 1
            return "returned" if chance < 0.18 else "more"
        return "issued"

    def _begun(self, purpose: str, today: date, due: date | None) -> date:
        if due is None:
            return self.calendar.after(today, self.random.randint(2, 20))
        if self.random.random() < TARDY:
            return self.calendar.after(due, self.random.randint(-2, 8))
        early = self.random.randint(0, 8) if purpose == "check_in" else self.random.randint(13, 27)
        return max(self.calendar.before(due, early), self.calendar.after(today, self.random.randint(1, 3)))

    def _judged(self, outcome: str, note: str, instance_id: UUID, chance: float) -> dict[str, Any]:
        if self._goes_back(instance_id, chance):
            return {outcome: "return", note: "Cần chỉnh sửa lại."}
        return {outcome: "approve", note: ""}

    def _goes_back(self, instance_id: UUID, chance: float) -> bool:
        if self.random.random() >= chance or self.returns.get(instance_id, 0) >= MOST_RETURNS:
            return False
        self.returns[instance_id] = self.returns.get(instance_id, 0) + 1
        return True

    def _arrival(self, today: date) -> dict[str, Any]:
        if self.random.random() < 0.2:
            return {"arrival": "not_needed", "arrival_note": "Không còn triển khai."}
        due = self.calendar.after(today, self.random.randint(25, 45))
        return {
            "arrival": "arrived",
            "source_number": f"{self.random.randint(1, 999)}/KH-UBND",
            "source_date": today.isoformat(),
            "due_date": due.isoformat(),
            "arrival_note": "",
        }
