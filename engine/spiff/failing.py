"""Tokens that fail: each stands in error, for a person to mend what let it fail and run it again.

What runs on and on is stopped as a whole: the first token stopped stands for the others, which wait `behind` it. One
incident is opened, and its retry runs all of them again.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING
from uuid import UUID

from bpmn.spiff.node import Node
from domain.errors import BangiaoError, BpmnError, ExpressionInvalid
from domain.words import Words
from engine.spiff.changes import Failure
from engine.spiff.evaluating import TooMuchWork
from engine.spiff.recorder import Recorder
from engine.spiff.task import ERROR, FUTURE, Token

if TYPE_CHECKING:
    from engine.spiff.workflow import Run

MOST_STEPS = 10_000
MOST_TOKENS = 10_000
LATELY = 100  # steps looked back to say what runs in circles
MOST_NAMES = 6
MOST_AT_ONCE = 100  # timers in a row that are due as soon as they are armed, with nobody's act in between


class AlwaysDue(ExpressionInvalid):
    """A timer that fires, is armed again and is due again, without end."""


class Failing:
    """Mixed into `Run`: every failure passes here."""

    run: Run
    recorder: Recorder
    tokens: dict[UUID, Token]
    runnable: dict[UUID, Token]
    stopped: Token | None = None  # the first that this command stopped, which stands for the others
    at_once: int = 0  # how many timers, each due as soon as it was armed, have led to this command

    def enter(self, token: Token) -> None:
        """Let the token enter its node; what goes wrong becomes a failure of this token."""
        try:
            token.task_spec.enter(token)
        except ExpressionInvalid as error:
            self.fail(token, "enter", error)

    def raised(self, token: Token, error: BpmnError) -> None:
        """The work of a node raised a business error."""
        if not self.run.throw_error(token, error.code):
            self.fail(token, "run", error)

    def exhaust(self, error: TooMuchWork) -> None:
        """Stop all that still runs."""
        for token in list(self.runnable.values()):
            self.fail(token, "run", error)

    def fail(self, token: Token, stage: str, error: Exception) -> None:
        """Let the token stand in error; `stage` says what a retry repeats."""
        if stage == "enter":
            self.run.disarm(token)
        self.recorder.close(token, completed=stage == "leave")
        token._set_state(ERROR)
        first = self.stopped
        if isinstance(error, TooMuchWork) and first is not None and first.is_here and first.has_state(ERROR):
            token.note(failed=stage, behind=str(first.id))
            return
        token.note(failed=stage)
        if isinstance(error, TooMuchWork):
            self.stopped = token
        self.recorder.failures.append(failure_of(token, error))

    def due_at_once(self, token: Token) -> None:
        """The token's timer is due as soon as it is armed; timers that lead to each other so count up."""
        if self.at_once >= MOST_AT_ONCE:
            drawn = token.task_spec.drawn
            name = drawn.name or drawn.shown_id
            raise AlwaysDue(
                f"hẹn giờ “{name}” lúc nào cũng đã đến hạn: đã {MOST_AT_ONCE} lần liền mà không có ai làm gì ở giữa",
                f"the timer {name} is always due: {MOST_AT_ONCE} times in a row, with nobody's act in between",
            )
        token.note(at_once=self.at_once + 1)

    def behind(self, first: Token) -> list[Token]:
        """The tokens that were stopped together with `first`, which stands for them."""
        return [token for token in self.tokens.values() if token.internal_data.get("behind") == str(first.id)]

    def retry(self, first: Token) -> None:
        """Run a failed token again from where it failed, and those behind it."""
        for token in [first, *self.behind(first)]:
            if token.is_here and token.has_state(ERROR):
                self.run_again(token)

    def run_again(self, token: Token) -> None:
        """From where it failed."""
        stage = token.internal_data["failed"]
        token.note(failed=None, behind=None)
        if stage == "enter":
            token._set_state(FUTURE)
            self.enter(token)
        elif stage == "leave":
            token.complete()
        elif stage == "check":
            token.start()
            self.enter_again(token)
        else:
            token.ready()

    def enter_again(self, token: Token) -> None:
        """Let a container see again whether it is done."""
        try:
            token.task_spec.check(token)
        except ExpressionInvalid as error:
            self.fail(token, "check", error)

    def replace_gone(self) -> None:
        """Where the token that stands for others was taken away, the first of these stands for the rest."""
        if not self.recorder.given_up:
            return
        places: dict[str, Token] = {}
        for token in list(self.tokens.values()):
            behind = token.internal_data.get("behind")
            if behind is None or UUID(behind) in self.tokens:
                continue
            first = places.setdefault(behind, token)
            token.note(behind=None if first is token else str(first.id))
            if first is token:
                self.recorder.failures.append(failure_of(token, left_behind()))


def failure_of(token: Token, error: Exception) -> Failure:
    """What is told of it; `kind` is bpmn_error, expression or loop."""
    kind = {BpmnError: "bpmn_error", TooMuchWork: "loop", AlwaysDue: "loop"}.get(type(error), "expression")
    drawn = token.task_spec.drawn
    said = error.words if isinstance(error, BangiaoError) else Words(str(error))
    if kind == "bpmn_error":
        said = Words(f"Lỗi nghiệp vụ “{error}” không có nơi xử lý", f"Nothing handles the business error “{error}”")
    elif isinstance(error, ExpressionInvalid):
        said = f"“{drawn.name or drawn.shown_id}”: " + error.told
    return Failure(token.id, drawn.shown_id, kind, said, said.english)


def too_long(lately: Iterable[Node]) -> TooMuchWork:
    """Why what runs on and on is stopped."""
    names = around(lately)
    return TooMuchWork(
        f"Quy trình chạy quá {MOST_STEPS} bước hoặc mở quá {MOST_TOKENS} nhánh mà chưa đến điểm dừng,"
        f" vòng chạy qua {names}",
        f"the process ran {MOST_STEPS} steps or opened {MOST_TOKENS} branches without coming to a wait,"
        f" round and round through {names}",
    )


def left_behind() -> TooMuchWork:
    """Why a token still stands that was stopped together with one that is gone."""
    return TooMuchWork(
        "Bước này bị dừng cùng với một bước chạy vòng nay không còn; chạy lại để đi tiếp",
        "this step was stopped together with one that ran in circles and is gone; retry to go on",
    )


def around(nodes: Iterable[Node]) -> str:
    """The names of the drawn elements among `nodes`, each once."""
    names = list(dict.fromkeys(f"“{node.drawn.name or node.drawn.shown_id}”" for node in nodes))
    return ", ".join(names[:MOST_NAMES]) + (", …" if len(names) > MOST_NAMES else "")
