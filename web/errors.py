"""The only table from errors to HTTP, and how they are said: a page in our look, or problem+json (RFC 9457)."""

from __future__ import annotations

import secrets
from typing import Any

import structlog
from flask import Flask, Response, g, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from bpmn.findings import Finding
from domain.errors import (
    BangiaoError,
    Busy,
    Conflict,
    DefinitionInvalid,
    ExpressionInvalid,
    FormInvalid,
    Invalid,
    NotAllowed,
    NotFound,
)
from office.sign_in import TooManyTries
from web.language import current_language, said
from web.session import NotSignedIn, is_token_call

STATUSES: tuple[tuple[type[BangiaoError], int], ...] = (
    (NotSignedIn, 401),
    (Busy, 503),
    (Invalid, 422),
    (NotFound, 404),
    (TooManyTries, 429),
    (NotAllowed, 403),
    (Conflict, 409),
    (BangiaoError, 500),
)
log = structlog.get_logger("bangiao.web")


def status_of(error: BangiaoError) -> int:
    return next(status for kind, status in STATUSES if isinstance(error, kind))


def sentence_of(error: BangiaoError) -> str:
    """The error's sentence in the language of this request."""
    return said(error.words)


def title_of(status: int) -> str:
    """What a page with this status is headed."""
    titles: dict[int, str] = {
        400: _("Yêu cầu không đọc được"),
        401: _("Cần đăng nhập"),
        403: _("Không có quyền"),
        404: _("Không tìm thấy trang"),
        405: _("Trang này không nhận thao tác đó"),
        409: _("Việc đã đổi trạng thái"),
        413: _("Tệp quá lớn"),
        415: _("Loại nội dung không nhận"),
        422: _("Nội dung chưa đúng"),
        429: _("Thử quá nhiều lần"),
        500: _("Lỗi của hệ thống"),
        503: _("Máy đang bận"),
    }
    return titles.get(status) or (titles[400] if status < 500 else titles[500])


def advice_of(status: int) -> str:
    """What to do next, for statuses whose error brings no sentence of its own."""
    limit = int(request.max_content_length or 0) // (1024 * 1024)
    if request.path.startswith("/api/") and status in (400, 404, 405, 415):
        return advice_to_programs(status)
    sentences: dict[int, str] = {
        400: _("Trang có thể đã mở quá lâu. Quay lại, tải lại trang rồi gửi lần nữa; nội dung đã lưu nháp vẫn còn."),
        404: _("Địa chỉ đã gõ sai, hoặc việc này không thuộc phần được xem."),
        405: _("Mở trang bằng đường dẫn trong danh mục rồi làm lại thao tác."),
        413: _("Tổng dung lượng gửi lên không quá %(limit)s MB. Nén hoặc chia tệp rồi gửi lại.", limit=limit),
        500: _("Không có gì được ghi. Báo quản trị mã số dưới đây nếu lỗi lặp lại."),
    }
    return sentences.get(status) or (sentences[400] if status < 500 else sentences[500])


def advice_to_programs(status: int) -> str:
    """The same for calls of the API, which have no page to go back to."""
    sentences: dict[int, str] = {
        400: _("Lệnh gọi thiếu mã chống giả mạo hoặc không đọc được; gửi kèm Authorization: Bearer hoặc X-CSRFToken."),
        404: _("Không có địa chỉ này, hoặc nội dung không thuộc phần được xem."),
        405: _("Địa chỉ này không nhận phương thức đó."),
        415: _("Loại nội dung không nhận ở đây; xem /api/v1/docs."),
    }
    return sentences[status]


def wants_problem() -> bool:
    """Whether the caller is a program: under /api, one with a token, one that asks for JSON or for figures."""
    if request.path.startswith("/api/") or request.path == "/metrics" or is_token_call(request):
        return True
    best = request.accept_mimetypes.best_match(["text/html", "application/json", "application/problem+json"])
    return bool(best) and best != "text/html" and not request.accept_mimetypes["text/html"]


def problem(status: int, detail: str, **members: Any) -> Response:
    """An RFC 9457 problem document; further `members` stand beside the standard ones."""
    answer = jsonify({"type": "about:blank", "title": title_of(status), "status": status, "detail": detail, **members})
    answer.status_code = status
    answer.mimetype = "application/problem+json"
    if status == 401:
        answer.headers["WWW-Authenticate"] = "Bearer"
    return answer


def finding_values(finding: Finding) -> dict[str, Any]:
    """A finding in the language of this request: severity, element, line, message, remedy."""
    english = current_language() == "en"
    return {
        "severity": finding.severity,
        "element": finding.element,
        "line": finding.line,
        "message": (english and finding.message_en) or finding.message,
        "remedy": (english and finding.remedy_en) or finding.remedy,
    }


def members_of(error: BangiaoError) -> dict[str, Any]:
    """What an error knows beside its sentence: findings, fields, a line."""
    if isinstance(error, DefinitionInvalid):
        return {"findings": [finding_values(finding) for finding in error.findings]}
    if isinstance(error, FormInvalid):
        return {"fields": error.english_fields if current_language() == "en" else error.fields}
    if isinstance(error, ExpressionInvalid) and error.line is not None:
        return {"line": error.line}
    return {}


def show(status: int, detail: str, *, reference: str | None = None, members: dict[str, Any] | None = None) -> Response:
    """The answer for an error, as page or problem."""
    if wants_problem():
        extra = {"reference": reference} if reference else {}
        return problem(status, detail, **(members or {}), **extra)
    page = render_template(
        "errors/error.html",
        status=status,
        title=title_of(status),
        detail=detail,
        reference=reference,
        findings=(members or {}).get("findings", ()),
    )
    return Response(page, status=status, mimetype="text/html")


def prepare_errors(app: Flask) -> None:
    app.log_exception = lambda exc_info: None  # type: ignore[method-assign]  # told once, with its reference

    @app.errorhandler(BangiaoError)
    def ours(error: BangiaoError) -> ResponseReturnValue:
        status = status_of(error)
        if status == 401 and not wants_problem() and "HX-Request" not in request.headers:
            return redirect(url_for("sign_in.show", next=_here()), code=303)
        if status == 500:
            return broken(error)
        return show(status, sentence_of(error), members=members_of(error))

    @app.errorhandler(CSRFError)
    def forged(_error: CSRFError) -> ResponseReturnValue:
        return show(400, advice_of(400))

    @app.errorhandler(HTTPException)
    def theirs(error: HTTPException) -> ResponseReturnValue:
        status = error.code or 500
        if status < 400:
            return error.get_response()
        answer = show(status, advice_of(status))
        if status == 405:
            answer.headers["Allow"] = ", ".join(getattr(error, "valid_methods", None) or ())
        return answer

    @app.errorhandler(500)
    def broken(error: BaseException) -> ResponseReturnValue:
        reference = secrets.token_hex(4).upper()
        g.user = None  # the page must not ask what has just failed
        cause = getattr(error, "original_exception", None) or error
        log.error("request failed", reference=reference, method=request.method, path=request.path, exc_info=cause)
        return show(500, advice_of(500), reference=reference)


def _here() -> str | None:
    """Where to come back to after signing in: this page, when it was only to be read."""
    if request.method != "GET" or request.path == "/":
        return None
    return request.full_path.rstrip("?")
