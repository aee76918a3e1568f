"""One field's value: what was sent, as text from a page or typed from a program, becomes a typed variable."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from bpmn.forms.fields import CHOICES, TEXTS, Field, Option
from bpmn.forms.patterns import matches

LONGEST_TEXT = {"textfield": 500, "textarea": 20_000}  # characters, where the form sets no bound
MOST_CHOSEN = 500  # options or files in one field
LONGEST_NUMBER = 40  # characters
LARGEST = 2**53  # exclusive: a float still tells neighbours apart; NaN is not below it either

THOUSANDS = re.compile(r"[+-]?\d{1,3}(\.\d{3})+(,\d+)?")
NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?")
EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s.]+(\.[^@\s.]+)+")
PHONE = re.compile(r"\+?[0-9][0-9 .()-]{6,20}")


class ValueRefused(ValueError):
    """What was sent does not fit; `vi` and `en` are the sentences for the person."""

    def __init__(self, vi: str, en: str) -> None:
        super().__init__(vi)
        self.vi = vi
        self.en = en


def read_value(field: Field, sent: Any, values: Mapping[str, Any]) -> Any:
    """The typed value of `field`, None (for a text "") where nothing was sent; raises ValueRefused.

    A number gives int or float, a date ISO text, a checkbox bool, a checklist or file picker a list.
    `values` are the variables that options may come from.
    """
    if field.type in ("checklist", "filepicker"):
        return _read_list(field, sent, values)
    sent = _single(field, sent)
    if field.type == "checkbox":
        return _read_truth(field, sent)
    if field.type in TEXTS:
        return _read_text(field, sent)
    if sent is None or sent == "":
        return None
    if field.type in CHOICES:
        return _chosen(field, sent, field.options_for(values))
    return _read_number(field, sent) if field.type == "number" else _read_date(field, sent)


def is_empty(value: Any) -> bool:
    """Whether nothing was filled in: a required field is missing."""
    return value is None or value is False or value == "" or value == []


def _single(field: Field, sent: Any) -> Any:
    """The one value sent; a page sends a list of texts for each name."""
    if isinstance(sent, Sequence) and not isinstance(sent, str):
        if len(sent) > 1:
            raise ValueRefused(f"“{field.name}” chỉ nhận một giá trị", f"“{field.name_en}” takes one value")
        sent = sent[0] if sent else None
    return sent.strip() if isinstance(sent, str) else sent


def _read_truth(field: Field, sent: Any) -> bool:
    if isinstance(sent, bool) or sent is None:
        return bool(sent)
    if sent in ("on", "true", "1"):
        return True
    if sent in ("", "false", "0", "off"):
        return False
    raise ValueRefused(f"“{field.name}” chỉ nhận có hoặc không", f"“{field.name_en}” is either checked or not")


def _read_text(field: Field, sent: Any) -> str:
    if sent is None:
        return ""
    if not isinstance(sent, str):
        raise ValueRefused(f"“{field.name}” phải là chữ", f"“{field.name_en}” must be text")
    text = sent.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    if field.type == "textfield" and "\n" in text:
        raise ValueRefused(f"“{field.name}” chỉ nhận một dòng", f"“{field.name_en}” takes one line")
    _check_length(field, text)
    if text:
        _check_form(field, text)
    return text


def _check_length(field: Field, text: str) -> None:
    longest = min(field.rules.longest or LONGEST_TEXT[field.type], LONGEST_TEXT[field.type])
    if len(text) > longest:
        raise ValueRefused(
            f"“{field.name}” dài {len(text)} ký tự, tối đa {longest}",
            f"“{field.name_en}” has {len(text)} characters, at most {longest} fit",
        )
    if text and field.rules.shortest and len(text) < field.rules.shortest:
        raise ValueRefused(
            f"“{field.name}” cần ít nhất {field.rules.shortest} ký tự",
            f"“{field.name_en}” needs at least {field.rules.shortest} characters",
        )


def _check_form(field: Field, text: str) -> None:
    rules = field.rules
    if rules.format == "email" and not EMAIL.fullmatch(text):
        raise ValueRefused(f"“{field.name}” cần một địa chỉ thư điện tử", f"“{field.name_en}” needs an e-mail address")
    if rules.format == "phone" and not PHONE.fullmatch(text):
        raise ValueRefused(f"“{field.name}” cần một số điện thoại", f"“{field.name_en}” needs a phone number")
    if rules.pattern is not None and not matches(rules.pattern, text):
        raise ValueRefused(
            f"“{field.name}” không đúng mẫu {rules.pattern}", f"“{field.name_en}” does not fit {rules.pattern}"
        )


def _read_number(field: Field, sent: Any) -> int | float:
    number = sent if isinstance(sent, (int, float)) and not isinstance(sent, bool) else parse_number(sent)
    if number is None or not abs(number) < LARGEST:
        raise ValueRefused(f"“{field.name}” phải là một số", f"“{field.name_en}” must be a number")
    rules = field.rules
    if rules.minimum is not None and number < rules.minimum:
        least = shown_number(rules.minimum)
        raise ValueRefused(f"“{field.name}” không nhỏ hơn {least}", f"“{field.name_en}” is at least {rules.minimum:g}")
    if rules.maximum is not None and number > rules.maximum:
        most = shown_number(rules.maximum)
        raise ValueRefused(f"“{field.name}” không lớn hơn {most}", f"“{field.name_en}” is at most {rules.maximum:g}")
    if field.digits is not None and round(number, field.digits) != number:
        raise ValueRefused(
            f"“{field.name}” nhận tối đa {field.digits} chữ số sau dấu phẩy",
            f"“{field.name_en}” takes at most {field.digits} decimal places",
        )
    return int(number) if field.digits == 0 else number


def parse_number(text: Any) -> int | float | None:
    """The number a Vietnamese text writes ("1.234,5", "8", "12.5"), None when it writes none.

    A point parts thousands where groups of three follow it, and otherwise decimals.
    """
    if not isinstance(text, str) or len(text) > LONGEST_NUMBER:
        return None
    text = text.replace("\u00a0", "").replace(" ", "")
    if THOUSANDS.fullmatch(text):
        text = text.replace(".", "")
    elif not NUMBER.fullmatch(text):
        return None
    text = text.replace(",", ".")
    return float(text) if "." in text else int(text)


def shown_number(number: int | float) -> str:
    """The number as an official writes it into a field: decimals after a comma."""
    return (f"{number:.0f}" if number == int(number) else f"{number}").replace(".", ",")


def _read_date(field: Field, sent: Any) -> str:
    try:
        if isinstance(sent, date):
            return sent.isoformat()[:10]
        return _parse_date(sent).isoformat()
    except (TypeError, ValueError) as error:
        raise ValueRefused(
            f"“{field.name}” cần một ngày, ví dụ 16/3/2026", f"“{field.name_en}” needs a date, such as 2026-03-16"
        ) from error


def _parse_date(text: str) -> date:
    """ISO from a date input, or day/month/year as typed by hand."""
    if "/" in text:
        day, month, year = (int(part) for part in text.split("/"))
        return date(year, month, day)
    return date.fromisoformat(text)


def _chosen(field: Field, sent: Any, options: tuple[Option, ...]) -> Any:
    """The value of the option sent, by its value or its token."""
    for option in options:
        if (type(sent) is type(option.value) and sent == option.value) or sent == option.token:
            return option.value
    raise ValueRefused(f"“{field.name}” không có lựa chọn này", f"“{field.name_en}” does not offer this choice")


def _read_list(field: Field, sent: Any, values: Mapping[str, Any]) -> list[Any]:
    items = list(sent) if isinstance(sent, (list, tuple)) else [sent]
    items = [item for item in items if item not in ("", None)]
    if len(items) > MOST_CHOSEN:
        raise ValueRefused(f"“{field.name}” nhận tối đa {MOST_CHOSEN} mục", f"“{field.name_en}” takes {MOST_CHOSEN}")
    if field.type == "checklist":
        options = field.options_for(values)
        return list(dict.fromkeys(_chosen(field, item, options) for item in items))
    if len(items) > 1 and not field.multiple:
        raise ValueRefused(f"“{field.name}” chỉ nhận một tệp", f"“{field.name_en}” takes one file")
    return [_file_id(field, item) for item in items]


def _file_id(field: Field, item: Any) -> str:
    """The id of a stored document: the page stores what was uploaded and sends ids on."""
    try:
        return str(UUID(item))
    except (TypeError, ValueError, AttributeError) as error:
        raise ValueRefused(f"“{field.name}” không có tệp này", f"“{field.name_en}” has no such file") from error
