"""Letters to people in their own language: a notice, and the morning's digest; as text and as simple HTML."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import cached_property

from flask import Flask, render_template
from flask_babel import force_locale, ngettext
from flask_babel import gettext as _

from domain.calendars import WorkingCalendar, local_date
from handlers.notice_mail import Written
from office.digests import Digest, Row, Section
from storage.tables import Notice
from web.language import LANGUAGES, prepare_languages, said
from web.words import DueWords, due_words, weekday_words

LISTS = {
    "late": "/desk?state=late",
    "today": "/desk?state=soon",
    "soon": "/desk?state=soon",
    "decide": "/desk/decisions",
    "new": "/desk",
    "notices": "/notices",
}
"""Where each section of a digest is shown whole."""
ACCOUNT = "/account#thu"


class LetterWriter:
    """Writes letters whose links lead to `public_url`; without one they name the pages alone."""

    def __init__(self, public_url: str | None) -> None:
        self._public_url = public_url

    @cached_property
    def _app(self) -> Flask:
        """Templates and sentences, without pages: letters are written where none are served."""
        app = Flask("web", static_folder=None, template_folder="templates")
        app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
        prepare_languages(app)
        app.jinja_env.globals.update(address=self.address)
        return app

    def address(self, path: str) -> str | None:
        return None if self._public_url is None else self._public_url + path

    def notice(self, notice: Notice, language: str) -> Written:
        with self._app.app_context(), force_locale(spoken(language)):
            kind = notice_kinds().get(notice.kind, _("Thông báo"))
            subject = _("Bàn Giao: %(said)s", said=said(notice.text))
            return self._written("notice", language, subject, kind=kind, text=notice.text, link=self._link_of(notice))

    def digest(self, digest: Digest, calendar: WorkingCalendar, language: str) -> Written:
        with self._app.app_context(), force_locale(spoken(language)):
            at = datetime.fromisoformat(digest.at)

            def due(row: Row) -> DueWords | None:
                return due_words(datetime.fromisoformat(row.due_at), at, calendar) if row.due_at else None

            sections = [(each, section_words(each), LISTS[each.kind]) for each in digest.sections]
            day = weekday_words(local_date(at))
            counts = ", ".join(words for _each, words, _list in sections)
            subject = _("Bàn Giao: %(said)s", said=f"{counts} ({day})")
            return self._written("digest", language, subject, sections=sections, day=day, due=due)

    def _written(self, name: str, language: str, subject: str, **values: object) -> Written:
        change_at = self.address(ACCOUNT)
        text, html = (
            render_template(f"mail/{name}.{form}", language=spoken(language), change_at=change_at, **values)
            for form in ("txt", "html")
        )
        return Written(subject, text, html, change_at)

    def _link_of(self, notice: Notice) -> str | None:
        if notice.task_id is not None:
            return self.address(f"/tasks/{notice.task_id}")
        return self.address("/notices" if notice.instance_id is None else f"/cases/{notice.instance_id}")


def spoken(language: str) -> str:
    """The language of a letter to somebody whose choice is `language`."""
    return language if language in LANGUAGES else LANGUAGES[0]


def section_words(section: Section) -> str:
    """3 việc quá hạn, 1 việc đến hạn hôm nay: what a section is and how much of it there is."""
    number = section.count
    words: Mapping[str, str] = {
        "late": ngettext("%(num)s việc quá hạn", "%(num)s việc quá hạn", number),
        "today": ngettext("%(num)s việc đến hạn hôm nay", "%(num)s việc đến hạn hôm nay", number),
        "soon": ngettext(
            "%(num)s việc đến hạn trong 3 ngày làm việc", "%(num)s việc đến hạn trong 3 ngày làm việc", number
        ),
        "decide": ngettext("%(num)s việc chờ quyết định", "%(num)s việc chờ quyết định", number),
        "new": ngettext("%(num)s việc mới nhận", "%(num)s việc mới nhận", number),
        "notices": ngettext("%(num)s thông báo chưa đọc", "%(num)s thông báo chưa đọc", number),
    }
    return words[section.kind]


def notice_kinds() -> dict[str, str]:
    """What each kind of notice is called."""
    return {
        "new": _("Việc mới"),
        "soon": _("Sắp đến hạn"),
        "due": _("Đến hạn"),
        "late": _("Quá hạn"),
        "escalated": _("Báo lãnh đạo"),
        "returned": _("Bị trả lại"),
        "done": _("Đã xong"),
        "urged": _("Được nhắc"),
        "taken_back": _("Đã rút lại"),
    }
