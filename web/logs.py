"""Logs: one JSON line an event on stderr, with tracebacks but never the values of variables."""

from __future__ import annotations

import sys
from typing import Any, TextIO

import structlog


class _Stderr:
    """Writes to whatever stderr is now, also after it was replaced."""

    def __call__(self, *_names: Any) -> structlog.PrintLogger:
        stream: TextIO = sys.stderr
        return structlog.PrintLogger(stream)


def prepare_logs() -> None:
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        logger_factory=_Stderr(),
        cache_logger_on_first_use=False,
    )
