"""`python -m web.cli`, the same as `bangiao`."""

from __future__ import annotations

from web.cli import main

main()
