"""What each call of the API takes, beside the pages' table in `web.rights`."""

from __future__ import annotations

from web.rights import GUEST, SIGNED_IN, Access


def _task(verb: str) -> Access:
    return Access(verb, of="task")


def _case(verb: str) -> Access:
    return Access(verb, of="case")


API_ROUTES: dict[str, Access] = {
    "api_description.openapi": GUEST,
    "api_description.docs": GUEST,
    "api_definitions.create": Access("deploy"),
    "api_definitions.stop": Access("withdraw"),
    "api_definitions.index": Access("see_definitions"),
    "api_definitions.show": Access("see_definitions"),
    "api_definitions.show_version": Access("see_definitions"),
    "api_definitions.xml_of_version": Access("see_definitions"),
    "api_instances.create": Access("start_instance"),
    "api_instances.index": SIGNED_IN,
    "api_instances.show": _case("see_case"),
    "api_instances.variables": _case("see_records"),
    "api_instances.steps": _case("see_case"),
    "api_instances.explanation": _case("see_case"),
    "api_instances.suspend": _case("suspend"),
    "api_instances.resume": _case("resume"),
    "api_instances.terminate": _case("terminate"),
    "api_instances.migrate": _case("migrate"),
    "api_instances.move": _case("move"),
    "api_tasks.index": SIGNED_IN,
    "api_tasks.show": _task("see_task"),
    "api_tasks.claim": _task("claim"),
    "api_tasks.release": _task("release"),
    "api_tasks.assign": _task("assign"),
    "api_tasks.delegate": _task("delegate"),
    "api_tasks.complete": _task("complete"),
    "api_tasks.take_back": _task("see_task"),
    "api_messages.send": Access("publish_message"),
    "api_signals.broadcast": Access("publish_message"),
    "api_incidents.index": Access("see_incidents"),
    "api_incidents.show": Access("see_incidents"),
    "api_incidents.retry": Access("retry"),
    "api_incidents.resolve": Access("resolve"),
    "api_plans.index": Access("see_plan"),
    "api_plans.create": Access("upload_plan"),
    "api_plans.accept": Access("review_plan"),
    "api_plans.name": Access("review_plan"),
    "api_plans.settle": Access("review_plan"),
    "api_plans.start": Access("start_plan"),
    "api_plans.show": Access("see_plan"),
    "api_timers.index": Access("see_timers"),
    "api_jobs.index": Access("see_jobs"),
    "api_units.index": Access("see_organisation"),
    "api_people.index": Access("see_organisation"),
    "api_records.index": Access("see_records"),
    "api_clock.advance": Access("advance_clock"),
}
