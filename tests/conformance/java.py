"""The Java classes some models name: what they do is no part of a stated result, so their steps pass."""

from __future__ import annotations

import re

CLASS = re.compile(r"""\s(?:camunda|activiti|flowable):class=(?:"[^"]*"|'[^']*')""")
FIELD = re.compile(r"<(camunda|activiti|flowable):field\b[^>]*?(?:/>|>.*?</\1:field>)", re.DOTALL)


def without_classes(xml: str) -> str:
    """The model without the names of classes and what is handed to them."""
    return FIELD.sub("", CLASS.sub("", xml))
