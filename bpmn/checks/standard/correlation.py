"""Whether correlation keys are filled by all their properties."""

from __future__ import annotations

from collections.abc import Iterator

from bpmn.checks.standard.document import Document, breach, children_of, texts
from bpmn.findings import Finding


def keys_have_properties(document: Document) -> Iterator[Finding]:
    """BPMN 2.0, 8.3.2: a key is one property at least."""
    for key in document.of_type("correlationKey"):
        if not texts(key, "correlationPropertyRef"):
            yield breach(
                key, f"Khóa đối chiếu “{key.get('id')}” không có thuộc tính nào; đã bỏ qua",
                "Ghi correlationPropertyRef",
                f"the correlation key {key.get('id')} has no property; left out", "write a correlationPropertyRef",
            )  # fmt: skip


def subscriptions_bind_their_key(document: Document) -> Iterator[Finding]:
    """BPMN 2.0, 8.3.2: a subscription binds exactly the properties of its key."""
    for subscription in document.of_type("correlationSubscription"):
        key = document.named(subscription.get("correlationKeyRef"))
        bound = {
            document.named(each.get("correlationPropertyRef"))
            for each in children_of(subscription, "correlationPropertyBinding")
        }
        if key is not None and bound != document.named_by(key, "correlationPropertyRef"):
            yield breach(
                subscription, "Đăng ký đối chiếu không gắn đúng các thuộc tính của khóa; đã bỏ qua",
                "Gắn mỗi thuộc tính của khóa một lần",
                "a correlation subscription does not bind the properties of its key; left out",
                "bind each property of the key once",
            )  # fmt: skip


def properties_are_found_in_every_message_once(document: Document) -> Iterator[Finding]:
    """BPMN 2.0, 8.3.2: one expression a message."""
    for property_ in document.of_type("correlationProperty"):
        found = [each.get("messageRef") for each in children_of(property_, "correlationPropertyRetrievalExpression")]
        if len(set(found)) != len(found):
            yield breach(
                property_, f"Thuộc tính đối chiếu “{property_.get('id')}” có hai biểu thức cho một thông điệp",
                "Giữ một biểu thức cho mỗi thông điệp",
                f"the correlation property {property_.get('id')} has two expressions for one message; left out",
                "keep one expression a message",
            )  # fmt: skip


RULES = (keys_have_properties, subscriptions_bind_their_key, properties_are_found_in_every_message_once)
