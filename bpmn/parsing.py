"""Reads the bytes of a BPMN file into a tree, with every door of XML shut."""

from __future__ import annotations

import codecs
import re

from lxml import etree

from bpmn.findings import Finding
from domain.errors import DefinitionInvalid

LARGEST_FILE = 5_000_000  # bytes
MOST_ELEMENTS = 30_000
DEEPEST_ELEMENT = 100  # levels
ENCODINGS = re.compile(r"utf-?8|us-ascii|ascii|iso-8859-\d+|windows-12\d\d", re.IGNORECASE)
DECLARED = re.compile(rb"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([^"']+)["']""")


def parse_xml(xml: bytes) -> etree._Element:
    """The root of `xml`, without comments and processing instructions; raises DefinitionInvalid.

    A document type is refused before parsing: it is where entities, and with them other files, come in.
    """
    if len(xml) > LARGEST_FILE:
        raise refusal("Tệp lớn hơn 5 MB", "the file is over 5 MB")
    text = as_utf8(xml)
    if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
        line = text[: text.find(b"<!")].count(b"\n") + 1
        raise refusal(
            "Tệp khai báo DOCTYPE hoặc ENTITY, không được phép",
            "a document type or an entity is not allowed",
            line,
            "Xóa phần khai báo DOCTYPE rồi nộp lại",
            "remove the DOCTYPE declaration",
        )
    try:
        root = etree.fromstring(text, parser())
    except etree.XMLSyntaxError as error:
        raise refusal(
            f"Tệp không phải XML đúng cú pháp: {error.msg}",
            f"this is not well-formed XML: {error.msg}",
            error.lineno,
            "Xuất lại tệp từ công cụ vẽ",
            "export the file again from the drawing tool",
        ) from error
    check_size(root)
    return root


def parser() -> etree.XMLParser:
    """A parser that opens nothing; a new one each time, since a parser must not be shared by threads."""
    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip


def as_utf8(xml: bytes) -> bytes:
    """`xml` in an encoding that spells ASCII as ASCII, so that nothing hides from a look at the bytes."""
    if xml.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            text = xml.decode("utf-16")
        except UnicodeDecodeError as error:
            raise refusal("Tệp không đọc được theo UTF-16", "the file is not valid UTF-16") from error
        return re.sub(r"^\s*<\?xml[^>]*\?>", "", text).encode()
    declared = DECLARED.match(xml.removeprefix(codecs.BOM_UTF8))
    if declared and not ENCODINGS.fullmatch(declared[1].decode("ascii", "replace")):
        raise refusal("Bảng mã của tệp không được hỗ trợ", "the file's encoding is not supported", 1)
    return xml


def check_size(root: etree._Element) -> None:
    """Raise DefinitionInvalid when the tree has too many elements or levels."""
    count, level = 0, 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        count += event == "start"
        level += 1 if event == "start" else -1
        if count > MOST_ELEMENTS or level > DEEPEST_ELEMENT:
            raise refusal(
                f"Bản vẽ quá lớn: quá {MOST_ELEMENTS} phần tử hoặc quá {DEEPEST_ELEMENT} tầng",
                f"the drawing is too large: over {MOST_ELEMENTS} elements or {DEEPEST_ELEMENT} levels",
            )


def refusal(message: str, english: str, line: int | None = None, remedy: str = "", remedy_en: str = "") -> Exception:
    """A DefinitionInvalid with one finding about the file as a whole."""
    return DefinitionInvalid(
        [Finding("error", None, line, message, remedy, english, remedy_en, against_standard=True)], message, english
    )
