"""Gives a script task without a script an empty one, and a script without a format ours."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from bpmn.drawing import finding, is_illustration
from bpmn.findings import Finding
from bpmn.names import MODEL, OURS, local
from bpmn.normaliser.insertion import Canvas

FORMATS = {"scriptTask": "scriptFormat", "globalScriptTask": "scriptLanguage"}
OUR_FORMAT = "text/x-bangiao"


def repair(canvas: Canvas) -> Iterator[Finding]:
    """A task with nothing to compute passes the token on; a script of no format is read as one of ours."""
    if OURS not in canvas.root.nsmap.values():
        yield from without_language(canvas.root)
    for task in canvas.root.iter(f"{MODEL}scriptTask", f"{MODEL}globalScriptTask"):
        script = task.find(f"{MODEL}script")
        if script is not None and (script.text or "").strip():
            continue
        if script is None:
            script = etree.SubElement(task, f"{MODEL}script")
        script.text = "pass"
        task.set(FORMATS[local(task)], OUR_FORMAT)
        yield finding(
            "repaired", task, "{} chưa có nội dung tính, sẽ đi qua ngay",
            "Viết phép tính, hoặc đổi sang loại bước khác",
            "{} has no script and passes at once", "write the script, or choose another kind of task",
        )  # fmt: skip


def without_language(root: etree._Element) -> Iterator[Finding]:
    """Tables 10.14 and 10.23 ask for the format; drawings for several engines get theirs written in when deployed."""
    for tag, attribute in FORMATS.items():
        for task in root.iter(f"{MODEL}{tag}"):
            if task.get(attribute) or task.find(f"{MODEL}script") is None or is_illustration(task):
                continue
            task.set(attribute, OUR_FORMAT)
            yield finding(
                "repaired", task, f"{{}} không ghi ngôn ngữ ({attribute}), đã đọc theo ngôn ngữ của hệ thống",
                f"Ghi {attribute}",
                f"{{}} names no {attribute} and is read as the system's own language", f"write the {attribute}",
            )  # fmt: skip
