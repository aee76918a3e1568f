"""Every address and what it takes to open it. An endpoint that is missing here is refused.

The table is asked before each view. `SIGNED_IN` and `GUEST` need no verb; a verb of `domain.rights` is judged by the
person's posts; with `of` also by how they stand to the thing named in the address.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from flask import Flask, abort, g, request
from flask_wtf.csrf import CSRFProtect

from domain.calendars import local_date
from domain.errors import NotFound
from domain.people import User
from domain.rights import Relation, may, refusal, relations_of
from engine.models import drawn
from engine.standing import standing
from office.involvement import relations_to_instance
from storage.tables import UserTask
from storage.transactions import Work, reading
from web.session import NotSignedIn, current_now, identify, is_token_call, note_token_use
from web.system import current_system


@dataclass(frozen=True, slots=True)
class Access:
    """What an endpoint asks of its caller; `of` names the noun whose id stands in the address."""

    verb: str | None = None
    of: Literal["task", "case"] | None = None
    guest: bool = False


GUEST = Access(guest=True)
SIGNED_IN = Access()


def _task(verb: str) -> Access:
    return Access(verb, of="task")


def _case(verb: str) -> Access:
    return Access(verb, of="case")


ROUTES: dict[str, Access] = {
    "static": GUEST,
    "health.live": GUEST,
    "health.ready": GUEST,
    "health.metrics": Access("see_health"),
    "sign_in.show": GUEST,
    "sign_in.sign_in": GUEST,
    "sign_in.sign_out": SIGNED_IN,
    "account.show": SIGNED_IN,
    "account.change_password": SIGNED_IN,
    "account.choose": SIGNED_IN,
    "account.choose_mail": SIGNED_IN,
    "account.revoke": SIGNED_IN,
    "desk.home": SIGNED_IN,
    "desk.mine": SIGNED_IN,
    "desk.unit": SIGNED_IN,
    "desk.done": SIGNED_IN,
    "desk.given": SIGNED_IN,
    "desk.decisions": SIGNED_IN,
    "desk.search": SIGNED_IN,
    "desk.claim_many": SIGNED_IN,
    "notices.mine": SIGNED_IN,
    "notices.read": SIGNED_IN,
    "notices.read_all": SIGNED_IN,
    "tasks.show": _task("see_task"),
    "tasks.claim": _task("claim"),
    "tasks.release": _task("release"),
    "tasks.complete": _task("complete"),
    "tasks.take_back": _task("see_task"),
    "tasks.save_draft": _task("save_draft"),
    "tasks.hand_over": _task("delegate"),
    "tasks.ask_hand_over": _task("delegate"),
    "tasks.ask_extension": _task("ask_extension"),
    "tasks.send_extension": _task("ask_extension"),
    "tasks.decide_extension": _task("decide_extension"),
    "tasks.decide_contribution": _task("complete"),
    "tasks.add_file": _task("add_document"),
    "tasks.comment": _task("comment"),
    "tasks.remind": _task("see_task"),
    "cases.show": _case("see_case"),
    "cases.drawing": _case("see_case"),
    "cases.history": _case("see_case"),
    "cases.variables": _case("see_records"),
    "cases.comment": _case("comment"),
    "cases.add_file": _case("add_document"),
    "files.document": SIGNED_IN,
    "designer.index": Access("deploy"),
    "designer.show": Access("see_definitions"),
    "designer.show_version": Access("see_definitions"),
    "designer.drawing": Access("see_definitions"),
    "designer.compare_versions": Access("see_definitions"),
    "designer.ask_new": Access("deploy"),
    "designer.begin": Access("deploy"),
    "designer.beginning": Access("deploy"),
    "designer.edit": Access("deploy"),
    "designer.check": Access("deploy"),
    "designer.publish_drawing": Access("deploy"),
    "designer.ask_upload": Access("deploy"),
    "designer.upload": Access("deploy"),
    "designer.ask_withdraw": Access("withdraw"),
    "designer.stop": Access("withdraw"),
    "migrations.ask": Access("migrate"),
    "migrations.begin": Access("migrate"),
    "migrations.undo": Access("migrate"),
    "watch.index": Access("see_all_cases"),
    "watch.cases": Access("see_all_cases"),
    "watch.ask_deed": Access("suspend"),
    "watch.do_deed": Access("suspend"),
    "watch.ask_assign": _task("assign"),
    "watch.assign": _task("assign"),
    "watch.remind": _task("urge"),
    "watch_batches.ask": Access("suspend"),
    "watch_batches.begin": Access("suspend"),
    "watch_batches.index": Access("see_all_cases"),
    "watch_batches.show": Access("see_all_cases"),
    "watch_batches.stop": Access("suspend"),
    "watch_batches.resume": Access("suspend"),
    "watch_batches.timers": Access("see_timers"),
    "watch_batches.jobs": Access("see_jobs"),
    "incidents.index": Access("see_incidents"),
    "incidents.show": Access("see_incidents"),
    "incidents.retry": Access("retry"),
    "incidents.mend": Access("retry"),
    "incidents.ask_resolve": Access("resolve"),
    "incidents.resolve": Access("resolve"),
    "designer_forms.index": Access("deploy"),
    "designer_forms.show": Access("see_definitions"),
    "designer_forms.schema": Access("see_definitions"),
    "designer_forms.upload": Access("deploy"),
    "organisation.index": Access("see_organisation"),
    "organisation.unit": Access("see_organisation"),
    "organisation.new_unit": Access("manage_units"),
    "organisation.add_unit": Access("manage_units"),
    "organisation.save_unit": Access("manage_units"),
    "organisation.rename": Access("manage_units"),
    "organisation.add_alias": Access("manage_units"),
    "organisation.drop_alias": Access("manage_units"),
    "organisation.merge": Access("manage_units"),
    "people.index": Access("see_organisation"),
    "people.person": Access("see_organisation"),
    "people.new": Access("manage_people"),
    "people.add": Access("manage_people"),
    "people.save": Access("manage_people"),
    "people.appoint": Access("manage_people"),
    "people.relieve": Access("manage_people"),
    "people.open_account": Access("manage_people"),
    "people.reset_password": Access("manage_people"),
    "substitutions.index": SIGNED_IN,
    "substitutions.add": SIGNED_IN,
    "substitutions.end": SIGNED_IN,
    "calendar.index": Access("see_organisation"),
    "calendar.decide": Access("manage_calendar"),
    "calendar.forget": Access("manage_calendar"),
    "calendar.set_digest": Access("manage_calendar"),
    "plans.index": Access("see_plan"),
    "plans.show": Access("see_plan"),
    "plans.export": Access("see_plan"),
    "plans.write": Access("see_plan"),
    "plans.paper": Access("see_plan"),
    "plans.due_days": Access("see_plan"),
    "amendments.index": Access("amend_plan"),
    "amendments.upload": Access("amend_plan"),
    "amendments.show": Access("amend_plan"),
    "amendments.apply": Access("amend_plan"),
    "review.index": Access("upload_plan"),
    "review.upload": Access("upload_plan"),
    "review.show": Access("review_plan"),
    "review.head": Access("review_plan"),
    "review.edit_head": Access("review_plan"),
    "review.bind": Access("review_plan"),
    "review.keep_repairs": Access("review_plan"),
    "review.decide": Access("review_plan"),
    "review.undo": Access("review_plan"),
    "review.ask_delete": Access("review_plan"),
    "review.delete": Access("review_plan"),
    "review_rows.edit": Access("review_plan"),
    "review_rows.save": Access("review_plan"),
    "review_rows.keep": Access("review_plan"),
    "review_rows.choose_time": Access("review_plan"),
    "review_rows.remove": Access("review_plan"),
    "review_rows.ask_split": Access("review_plan"),
    "review_rows.split": Access("review_plan"),
    "review_rows.ask_add": Access("review_plan"),
    "review_rows.add": Access("review_plan"),
    "review_rows.ask_paste": Access("review_plan"),
    "review_rows.paste": Access("review_plan"),
    "starts.ask": Access("start_plan"),
    "starts.begin": Access("start_plan"),
    "starts.progress": Access("start_plan"),
    "starts.stop": Access("start_plan"),
    "starts.resume": Access("start_plan"),
}


def prepare_rights(app: Flask) -> None:
    csrf = CSRFProtect()
    app.config["WTF_CSRF_CHECK_DEFAULT"] = False  # asked below, once it is settled who is asking
    app.config["WTF_CSRF_TIME_LIMIT"] = None  # the session's own length limits it
    csrf.init_app(app)

    @app.before_request
    def refuse_strangers() -> None:
        if request.endpoint is None:
            judge(GUEST)  # the page that says so knows who is asking
            return
        access = ROUTES.get(request.endpoint)
        if access is None:
            abort(404)
        g.user = None
        if request.endpoint not in NEEDS_NOBODY:
            judge(access)
        if is_token_call(request):
            note_token_use()
        else:
            csrf.protect()


NEEDS_NOBODY = frozenset({"static", "health.live", "health.ready"})


def judge(access: Access) -> None:
    """Settle who is asking and whether they may; leaves `g.user`. Raises NotSignedIn, NotAllowed, NotFound."""
    with reading(current_system().database) as work:
        user = g.user = identify(work, local_date(current_now()))
        if access.guest:
            return
        if user is None:
            raise NotSignedIn
        if access.verb is None:
            return
        try:
            relations = g.relations = _relations(work, user, access)
        except NotFound as error:
            raise _unseen(access) from error
        if may(user, access.verb, relations):
            return
        if access.of is not None and not may(user, f"see_{access.of}", relations):
            raise _unseen(access)
        raise refusal(user, access.verb)


def _unseen(access: Access) -> NotFound:
    """The same for what is not there and for what is not theirs: nobody learns which."""
    if access.of == "task":
        return NotFound(
            "Không có việc này, hoặc việc không thuộc phần được xem", "there is no such task, or it is not yours to see"
        )
    return NotFound(
        "Không có hồ sơ này, hoặc hồ sơ không thuộc phần được xem", "there is no such case, or it is not yours to see"
    )


def _relations(work: Work, user: User, access: Access) -> frozenset[Relation]:
    if access.of is None:
        return general_relations(user)
    address = request.view_args or {}
    if access.of == "case":
        return relations_to_instance(work, user, UUID(str(address["instance_id"])))
    return relations_in_case(work, user, work.user_tasks.get(UUID(str(address["task_id"]))))


def relations_in_case(work: Work, user: User, task: UserTask) -> frozenset[Relation]:
    """How `user` stands to a task: directly, or `involved` through whatever ties them to its case."""
    key = drawn(work, work.instances.get(task.instance_id).definition_id).key
    direct = standing(user, task, definition_key=key)
    tied = relations_to_instance(work, user, task.instance_id)
    involved: frozenset[Relation] = frozenset({"involved"})
    return direct | involved if tied else direct


def general_relations(user: User) -> frozenset[Relation]:
    """How `user` stands to anything at all: by posts, and as head of some unit."""
    head: frozenset[Relation] = frozenset({"head"}) if user.headed_units else frozenset()
    return relations_of(user) | head


def may_open(user: User | None, endpoint: str) -> bool:
    """Whether a link to `endpoint` makes sense for `user`; of things named in the address nothing is said."""
    access = ROUTES.get(endpoint)
    if access is None:
        return False
    if access.guest:
        return True
    if user is None:
        return False
    return access.verb is None or access.of is not None or may(user, access.verb, general_relations(user))
