"""From where tokens can come to a join."""

from __future__ import annotations

from functools import cached_property

from bpmn.spiff.flow import Flow
from bpmn.spiff.node import Node


class Join(Node):
    """A gateway that tokens meet at."""

    @cached_property
    def upstream(self) -> dict[str, frozenset[str]]:
        """By incoming flow, the nodes from which it can be reached without passing this gateway."""
        return {flow.id: self._reaching(flow) for flow in self.incoming}

    def _reaching(self, flow: Flow) -> frozenset[str]:
        seen: set[str] = set()
        waiting = [flow.source]
        while waiting:
            name = waiting.pop()
            if name in seen or name == self.name:
                continue
            seen.add(name)
            node = self.process.node(name)
            waiting += [each.source for each in node.incoming]
            host = getattr(node, "host_name", None)  # a boundary event is reached from its activity
            waiting += [host] if host else []
        return frozenset(seen)
