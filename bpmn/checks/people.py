"""Whether user tasks say who does them, and with which form."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from lxml import etree

from bpmn.drawing import Drawing, finding
from bpmn.findings import Finding
from bpmn.names import EXTENSION, ROLES


def check(drawing: Drawing) -> Iterator[Finding]:
    """A task without role is offered to nobody in particular; an unknown role to nobody at all."""
    for task in drawing.of_type("userTask"):
        role = task.get(f"{EXTENSION}role")
        if not role:
            yield finding(
                "advice", task, "{} chưa ghi giao cho vai trò nào", "Chọn vai trò và đơn vị nhận việc",
                "{} does not say which role does it", "choose a role and a unit",
            )  # fmt: skip
        elif role not in ROLES:
            yield unknown_role(task, role)
        elif not task.get(f"{EXTENSION}unit"):
            yield finding(
                "advice", task, "{} chưa ghi đơn vị nhận việc", "Ghi đơn vị, ví dụ: lead",
                "{} does not say which unit does it", "write the unit, for example: lead",
            )  # fmt: skip


def unknown_role(task: etree._Element, role: str) -> Finding:
    """The finding about a role there is not."""
    return finding(
        "error", task, f"{{}}: không có vai trò “{role}”", f"Chọn một trong: {', '.join(ROLES)}",
        f"{{}}: there is no role “{role}”", f"choose one of: {', '.join(ROLES)}",
    )  # fmt: skip


def check_forms(drawing: Drawing, variables_of_form: Callable[[str], Collection[str] | None]) -> Iterator[Finding]:
    """Advice for each task whose form is not there."""
    for task in drawing.of_type("userTask", "manualTask"):
        form = task.get(f"{EXTENSION}form")
        if form and variables_of_form(form) is None:
            yield finding(
                "advice", task, f"{{}} dùng biểu mẫu “{form}”, chưa có trong hệ thống",
                "Tạo biểu mẫu này, hoặc chọn biểu mẫu khác",
                f"{{}} uses the form “{form}”, which does not exist", "create the form, or choose another",
            )  # fmt: skip
