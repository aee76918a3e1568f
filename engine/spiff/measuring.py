"""Looks now and then, while a case runs, at how much it would write, so that what grows stops where it grows.

The bounds lie below those at which a whole command is refused (`engine.writing`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.spiff import codec
from engine.spiff.evaluating import TooMuchWork

if TYPE_CHECKING:
    from engine.spiff.task import Token
    from engine.spiff.workflow import Run

LARGEST_ROW = 12_000_000  # bytes of one token
MOST_WRITTEN = 48_000_000  # bytes of one case in one command
STEPS_BETWEEN = 500
WORK_BETWEEN = 15_000  # evaluated nodes; they make two megabytes of text at most


class Measuring:
    """When to look, in one command."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self._begin()

    def grown_too_large(self) -> Token | None:
        """The token at which the case has grown too large; None, also when it is not time to look."""
        self.steps += 1
        if self.steps < STEPS_BETWEEN and self.work_left - self.run.work.left < WORK_BETWEEN:
            return None
        self._begin()
        written = 0
        for token in self.run.recorder.dirty.values():
            size = len(codec.encode(token).body or b"")
            written += size
            if size > LARGEST_ROW or written > MOST_WRITTEN:
                return token
        return None

    def _begin(self) -> None:
        self.steps, self.work_left = 0, self.run.work.left


def too_large(token: Token) -> TooMuchWork:
    """Why the case is stopped."""
    drawn = token.task_spec.drawn
    where, place = (f" ở “{drawn.name or drawn.id}”", f" at {drawn.id}") if token.task_spec.visible else ("", "")
    return TooMuchWork(
        f"Dữ liệu của hồ sơ{where} quá lớn, quy trình phải giữ ít hơn trong các biến",
        f"the variables of the case{place} are too large; the process has to keep less in them",
    )
