"""SpiffWorkflow as it comes, without our specs and our engine, behind the adapter's few functions.

Run as a program it plays every case and prints [model, number, result] of each as JSON. It is one of its own, since
some models let its parser or its engine run for ever: each case has a few seconds of the processor, and no more.
"""

from __future__ import annotations

import json
import resource
import signal
import sys
import warnings
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, tzinfo
from types import FrameType
from typing import Any

from lxml import etree
from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser
from SpiffWorkflow.bpmn.specs.event_definitions import timer
from SpiffWorkflow.bpmn.specs.event_definitions.item_aware_event import SignalEventDefinition
from SpiffWorkflow.bpmn.specs.event_definitions.message import MessageEventDefinition
from SpiffWorkflow.bpmn.util.event import BpmnEvent
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState

from tests.conformance.test_kernel import MODELS, load

SECONDS_A_CASE = 4
MOST_MEMORY = 2 * 1024**3
BEGINNING = datetime(2026, 3, 2, 1, tzinfo=UTC)
MODEL = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"


class TooLong(BaseException):
    """The case had its time. No Exception, so that nobody on the way catches it."""


class Clock(datetime):
    """The `datetime` its timers ask, standing at `at`."""

    at = BEGINNING

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> Clock:
        return cls.fromisoformat(cls.at.astimezone(tz or UTC).isoformat())


class Bare:
    """One deployed file, with the instances begun."""

    def __init__(self) -> None:
        Clock.at = BEGINNING
        self.parser = BpmnParser()
        self.begun: list[Any] = []
        self.failed: set[int] = set()
        self.main = ""

    def deploy(self, xml: str) -> str:
        root = etree.fromstring(xml.encode())
        self.parser.add_bpmn_xml(root)
        executable = [
            each.get("id") or "" for each in root.iter(f"{MODEL}process") if each.get("isExecutable") == "true"
        ]
        self.main = executable[0]
        self.parser.get_spec(self.main)
        return self.main

    def start(self, key: str, variables: Mapping[str, Any], process: str | None = None) -> int:
        name = process or self.main
        specs = self.parser.find_all_specs()
        workflow = BpmnWorkflow(specs[name], specs)
        workflow.task_tree.data.update(variables)
        self.begun.append(workflow)
        self._go_on(len(self.begun) - 1)
        return len(self.begun) - 1

    def tasks(self, number: int) -> list[dict[str, Any]]:
        ready = self.begun[number].get_tasks(state=TaskState.READY)
        return [{"id": (number, task), "element": task.task_spec.bpmn_id} for task in ready if task.task_spec.manual]

    def complete(self, task: Mapping[str, Any], variables: Mapping[str, Any]) -> None:
        number, found = task["id"]
        found.data.update(variables)
        found.run()
        self._go_on(number)

    def trace(self, number: int) -> list[str]:
        done = self.begun[number].get_tasks(state=TaskState.COMPLETED)
        return [task.task_spec.bpmn_id for task in done if task.task_spec.bpmn_id and not is_container(task)]

    def status(self, number: int) -> str:
        if number in self.failed:
            return "error"
        return "completed" if self.begun[number].is_completed() else "active"

    def instances(self, key: str) -> list[int]:
        return list(range(len(self.begun)))

    def advance(self, seconds: float) -> None:
        until = Clock.at + timedelta(seconds=seconds)
        while Clock.at < until:
            Clock.at = min(until, Clock.at + timedelta(seconds=max(1.0, seconds / 20)))
            for number in range(len(self.begun)):
                self._go_on(number)

    def message(self, name: str, variables: Mapping[str, Any]) -> None:
        self._catch(MessageEventDefinition(name), variables)

    def signal(self, name: str, variables: Mapping[str, Any]) -> None:
        self._catch(SignalEventDefinition(name), variables)

    def _catch(self, definition: Any, variables: Mapping[str, Any]) -> None:
        for number, workflow in enumerate(self.begun):
            workflow.catch(BpmnEvent(definition, dict(variables)))
            self._go_on(number)

    def _go_on(self, number: int) -> None:
        workflow = self.begun[number]
        try:
            workflow.refresh_timers()
            workflow.do_engine_steps()
        except Exception:
            self.failed.add(number)
            raise


def is_container(task: Any) -> bool:
    """Whether the task only holds the runs of a loop."""
    return hasattr(task.task_spec, "task_spec")


def out_of_time(number: int, frame: FrameType | None) -> None:
    """The signal of the timer."""
    raise TooLong


def play(harness: Any, model: dict[str, Any], case: dict[str, Any]) -> str:
    """What becomes of one case."""
    signal.setitimer(signal.ITIMER_PROF, SECONDS_A_CASE)
    try:
        return str(harness.run_case(Bare(), model, case, quote_timers=True)["result"])
    except (TooLong, RecursionError, MemoryError):
        return "endless"
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def main() -> None:
    """Play them all."""
    warnings.simplefilter("ignore")
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    signal.signal(signal.SIGPROF, out_of_time)
    timer.datetime = Clock
    harness = load("conformance_harness", MODELS / "harness.py")
    models = json.loads((MODELS / "MANIFEST.json").read_text())["models"]
    played = [
        [model["id"], number, play(harness, model, case)]
        for model in models
        for number, case in enumerate(model["cases"], 1)
    ]
    sys.stdout.write(json.dumps(played))


if __name__ == "__main__":
    main()
