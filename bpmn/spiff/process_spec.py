"""The spec of a process or sub-process: its nodes by name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from SpiffWorkflow.specs import WorkflowSpec

if TYPE_CHECKING:
    from bpmn.spiff.node import Node

ROOT = "(root)"


class ProcessSpec(WorkflowSpec):  # type: ignore[misc]  # SpiffWorkflow has no types
    """SpiffWorkflow's own process spec would add nodes called Start and End, which drawings use too."""

    task_specs: dict[str, Any]

    def __init__(self, name: str, *, element_id: str, title: str = "") -> None:
        super().__init__(name=name)
        self.element_id = element_id
        self.title = title
        self.starts: list[str] = []  # nodes where a run begins without an event
        self.start_events: list[str] = []  # every start event, and what may start an instance in its place
        self.event_sub_processes: list[str] = []
        self.sequential = False  # of an ad-hoc sub-process
        self.file: Mapping[str, ProcessSpec] = {}  # the processes of the same file
        self.completion_condition: str | None = None
        self.cancel_remaining = True
        self.data_objects: dict[str, Any] = {}
        self.correlation_keys: dict[str, Any] = {}

    def node(self, name: str) -> Node:
        """The node called `name`; raises KeyError."""
        found: Node = self.task_specs[name]
        return found
