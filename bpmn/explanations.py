"""Says in one sentence what a case waits for, on whom, since when, and what would move it. Words only.

The order is that of the desk: *Chờ* whom + for what + since when; then what stops it; then what can be done.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from domain.words import Words, counted, written

Kind = Literal["user_task", "timer", "message", "signal", "job", "incident"]
WORKING_DAY = Words("ngày làm việc", "working day")


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing a case waits for.

    `name` is the element's name (“Góp ý cho dự thảo”); `whom` the unit, post or person it lies with; `subject` what it
    is about (“dòng 2.3”); `since` the day it began; `due_at` the deadline, or the instant of a timer, in Vietnamese
    time; `days_left` working days to the deadline, negative when late; `reason` why an incident stopped the case;
    `remedies` what somebody may do, each a verb with its object.
    """

    kind: Kind
    name: str
    whom: Words | None = None
    subject: str = ""
    since: date | None = None
    due_at: date | datetime | None = None
    days_left: int | None = None
    reason: Words | None = None
    remedies: Sequence[Words] = ()


def explain(waiting: Waiting) -> Words:
    """The sentence about one wait, without a full stop."""
    what = core(waiting)
    since = since_words(waiting.since)
    parts = [what + since]
    if waiting.kind == "incident" and waiting.reason:
        parts.append(waiting.reason)
    elif waiting.kind != "timer" and (due := due_words(waiting.due_at, waiting.days_left)):
        parts.append(due)
    if waiting.remedies:
        parts.append(remedy_words(waiting.remedies))
    return Words("; ".join(each.vietnamese for each in parts), "; ".join(each.english for each in parts))


def explain_all(waits: Sequence[Waiting]) -> Words:
    """The sentence about a case: of what stops it most, and how much else it waits for.

    Incidents come first, then what is latest, then what began first. Timers beside other waits only urge: not counted.
    """
    if not waits:
        return Words("Không chờ việc nào", "waits for nothing")
    first, *others = sorted(waits, key=weight)
    said = explain(first)
    others = [each for each in others if each.kind != "timer" or first.kind == "timer"]
    if not others:
        return said
    return Words(
        f"{said.vietnamese}; cùng lúc còn {len(others)} việc khác",
        f"{said.english}; and for {len(others)} more",
    )


def weight(waiting: Waiting) -> tuple[bool, bool, int, date]:
    """The order of waits: smallest first."""
    left = 10_000 if waiting.days_left is None else waiting.days_left
    return (waiting.kind != "incident", waiting.kind == "timer", left, waiting.since or date.max)


def core(waiting: Waiting) -> Words:
    """Whom or what is waited for."""
    name = " ".join(waiting.name.split())
    about = f" ({waiting.subject})" if waiting.subject else ""
    if waiting.kind == "user_task":
        whom = waiting.whom or Words("người nhận việc", "somebody")
        return Words(f"Chờ {whom.vietnamese} {lower_first(name)}{about}", f"waits for {whom.english}: {name}{about}")
    if waiting.kind == "timer":
        until = instant_words(waiting.due_at)
        return Words(f"Chờ đến {until.vietnamese}: {name}{about}", f"waits until {until.english}: {name}{about}")
    if waiting.kind == "incident":
        return Words(f"Dừng ở “{name}”{about}", f"stopped at “{name}”{about}")
    if waiting.kind == "job":
        return Words(f"Chờ hệ thống {lower_first(name)}{about}", f"waits for the system: {name}{about}")
    given = waiting.whom
    sender = Words(f" từ {given.vietnamese}", f" from {given.english}") if given else Words("")
    kind = Words("thông điệp", "message") if waiting.kind == "message" else Words("tín hiệu", "signal")
    return Words(
        f"Chờ {kind.vietnamese} “{name}”{sender.vietnamese}{about}",
        f"waits for the {kind.english} “{name}”{sender.english}{about}",
    )


def since_words(since: date | None) -> Words:
    """“, từ 4/3/2026”."""
    return Words(f", từ {written(since)}", f", since {written(since).english}") if since else Words("")


def due_words(due_at: date | datetime | None, days_left: int | None) -> Words | None:
    """“quá hạn 2 ngày”, “còn 2 ngày làm việc”, “hạn hôm nay”, or the day alone; None without a deadline."""
    on = written(due_at) if due_at else None
    if days_left is None:
        return Words(f"hạn {on}", f"due {on.english}") if on else None
    if days_left < 0:
        return Words(f"quá hạn {-days_left} ngày", f"{counted(-days_left, WORKING_DAY).english} late")
    if days_left == 0:
        return Words("hạn hôm nay", "due today")
    left = counted(days_left, WORKING_DAY)
    beside = Words(f" (hạn {on})", f" (due {on.english})") if on else Words("")
    return Words(f"còn {left}", f"{left.english} left") + beside


def remedy_words(remedies: Sequence[Words]) -> Words:
    """“có thể đôn đốc hoặc nhập hộ”."""
    vietnamese = [lower_first(each.vietnamese) for each in remedies]
    return Words(f"có thể {listed(vietnamese, 'hoặc')}", f"one may {listed([each.english for each in remedies], 'or')}")


def listed(parts: Sequence[str], last: str) -> str:
    """“a, b hoặc c”."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} {last} {parts[-1]}"


def instant_words(at: date | datetime | None) -> Words:
    """The instant of a timer: “17h00 ngày 4/3/2026”, or the day alone."""
    if at is None:
        return Words("khi đến hạn", "it is due")
    day = written(at)
    if isinstance(at, datetime):
        return Words(f"{at.hour}h{at.minute:02d} ngày {day}", f"{at:%H:%M} on {day.english}")
    return Words(f"ngày {day}", day.english)


def lower_first(text: str) -> str:
    """The text with a small first letter, unless it begins with an abbreviation (UBND, TTHC)."""
    word = text.split(" ", 1)[0]
    return text if len(word) > 1 and word.isupper() else text[:1].lower() + text[1:]
