"""What a reading of a drawing found, at which element, and how to mend it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Literal

Severity = Literal["error", "repaired", "advice"]
WEIGHT: dict[Severity, int] = {"error": 0, "repaired": 1, "advice": 2}


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault, repair or piece of advice.

    `error` stops a deployment, `repaired` was mended while reading, `advice` is for the designer to weigh.
    `element` is the id in the drawing and `line` the line in the file, each None where it cannot be known.
    `against_standard` says that BPMN 2.0 itself is broken, not only what this system asks for or can run.
    """

    severity: Severity
    element: str | None
    line: int | None
    message: str
    remedy: str = ""
    message_en: str = ""
    remedy_en: str = ""
    against_standard: bool = False

    def to_json(self) -> dict[str, str | int | bool | None]:
        """The finding with its fields as keys."""
        return asdict(self)


def has_errors(findings: Iterable[Finding]) -> bool:
    """Whether one of them stops a deployment."""
    return any(finding.severity == "error" for finding in findings)


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Errors first, then repairs, then advice; each by line; what was said twice once."""
    unique = dict.fromkeys(findings)
    return tuple(sorted(unique, key=lambda finding: (WEIGHT[finding.severity], finding.line or 0)))
