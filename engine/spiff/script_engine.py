"""SpiffWorkflow's script engine replaced: whatever it evaluates is an expression of ours, never Python."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from SpiffWorkflow.bpmn.script_engine.python_engine import PythonScriptEngine
from SpiffWorkflow.bpmn.script_engine.python_environment import BasePythonScriptEngineEnvironment

from bpmn.expressions import evaluate, run_script


class OurEnvironment(BasePythonScriptEngineEnvironment):  # type: ignore[misc]  # SpiffWorkflow has no types
    """Where expressions and scripts are evaluated; nothing reaches eval or exec."""

    def evaluate(self, expression: str, context: Mapping[str, Any], external_context: Any = None) -> Any:
        return evaluate(expression, {**(external_context or {}), **context})

    def execute(self, script: str, context: dict[str, Any], external_context: Any = None) -> bool:
        context.update(run_script(script, {**(external_context or {}), **context}))
        return True


class OurScriptEngine(PythonScriptEngine):  # type: ignore[misc]  # SpiffWorkflow has no types
    """The engine handed to every workflow."""

    def __init__(self) -> None:
        super().__init__(environment=OurEnvironment())

    def evaluate(self, task: Any, expression: str, external_context: Any = None) -> Any:
        return self.environment.evaluate(expression, task.data, external_context)

    def execute(self, task: Any, script: str, external_context: Any = None) -> bool:
        raise NotImplementedError("scripts are run by their own spec")

    def call_service(self, *arguments: Any, **named: Any) -> Any:
        raise NotImplementedError("service tasks are jobs")
