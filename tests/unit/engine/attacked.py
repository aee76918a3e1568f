"""A process that is attacked: `python attacked.py URL`, with little memory. One line of JSON for each attack.

Each line says what was refused, which incidents were opened, how much memory the process has used at most so far, and
whether an honest case still runs to its end afterwards.
"""

from __future__ import annotations

import json
import resource
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from domain.errors import BangiaoError
from domain.people import Post, User
from engine.clock import advance, start_virtual_clock
from engine.definitions import deploy
from engine.due import JobsDue, TimersDue
from engine.instances import start_instance
from engine.user_tasks import complete_user_task
from storage.database import Database
from storage.schema import upgrade
from storage.transactions import Work, reading, run_command

MEMORY = 1_500_000_000  # bytes of addresses
PROCESSOR = 900  # seconds, for what would never end
NOW = datetime(2026, 3, 2, 1, tzinfo=UTC)
HEAD = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:bangiao="https://bangiao.vn/schema/bpmn/1.0"'
    ' targetNamespace="https://bangiao.vn/samples">'
)
TABLES = "https://www.omg.org/spec/DMN/20191111/MODEL/"
ADMINISTRATOR = User(uuid4(), "quan-tri", "Người thử", posts=(Post(uuid4(), "administrator"),))
BIG = "t = 'a' * 100000\nbig = [t] * 8"  # 800,000 characters


def process(body: str, flows: str, id: str = "attack", before: str = "") -> str:
    """A process; `flows` are pairs like `a-b`."""
    arrows = "".join(
        f'<sequenceFlow id="{pair}" sourceRef="{pair.split("-")[0]}" targetRef="{pair.split("-")[1]}" />'
        for pair in flows.split()
    )
    return f'{before}<process id="{id}" isExecutable="true">{body}{arrows}</process>'


def script(id: str, source: str, inside: str = "") -> str:
    return f'<scriptTask id="{id}"><script>{source}</script>{inside}</scriptTask>'


def loop(source: str) -> str:
    """One script after another, round and round, with nobody to wait for."""
    body = '<startEvent id="s" /><exclusiveGateway id="g" />' + script("a", BIG + "\nx = 3") + script("w", source)
    return process(body, "s-a a-g g-w w-g")


def times(cardinality: str, more: str = "", attributes: str = "") -> str:
    return (
        f'<multiInstanceLoopCharacteristics isSequential="false" {attributes}><loopCardinality>{cardinality}'
        f"</loopCardinality>{more}</multiInstanceLoopCharacteristics>"
    )


def nested(levels: int) -> str:
    """Sub-processes in each other, each many times over."""
    inside = script("w", "x = 1")
    for level in range(levels):
        inside = f'<subProcess id="p{level}">{inside}{times("1999")}</subProcess>'
    return process('<startEvent id="s" />' + inside, f"s-p{levels - 1}")


def calling(way: str) -> str:
    """Two processes that call each other, once or several times at once."""
    body = "".join(f'<callActivity id="{id}" calledElement="{{called}}" />' for id in way.split())
    flows = " ".join(f"s-{id}" for id in way.split())
    one = process('<startEvent id="s" />' + body.format(called="other"), flows)
    two = process('<startEvent id="s2" />' + body.format(called="attack").replace('id="', 'id="o'), " ".join(
        f"s2-o{id}" for id in way.split()), "other")  # fmt: skip
    return one + two


def talking(kind: str, *, twice: bool = False) -> str:
    """A case that starts another like it by a message or signal, with all it knows."""
    payload = "bangiao:payload=\"{'big': big, 'more': [t] * 5}\""
    named = f'<{kind} id="m" name="again" {payload} />'
    event = f'<{kind}EventDefinition {kind}Ref="m" />'
    throw = f'<intermediateThrowEvent id="th">{event}</intermediateThrowEvent>'
    if twice:
        throw += f'<intermediateThrowEvent id="th2">{event}</intermediateThrowEvent>'
    body = '<startEvent id="s" />' + f'<startEvent id="c">{event}</startEvent>' + script("w", BIG) + throw
    return process(body, "s-w c-w w-th" + (" th-th2" if twice else ""), before=named)


WAKING = (
    '<signal id="m" name="inside" />'
    '<process id="attack" isExecutable="true"><startEvent id="s" />'
    '<intermediateThrowEvent id="t"><signalEventDefinition signalRef="m" /></intermediateThrowEvent>'
    '<sequenceFlow id="s-t" sourceRef="s" targetRef="t" /><userTask id="u" />'
    '<sequenceFlow id="s-u" sourceRef="s" targetRef="u" />'
    '<subProcess id="e" triggeredByEvent="true">'
    '<startEvent id="es" isInterrupting="false"><signalEventDefinition signalRef="m" /></startEvent>'
    '<intermediateThrowEvent id="et"><signalEventDefinition signalRef="m" /></intermediateThrowEvent>'
    '<sequenceFlow id="es-et" sourceRef="es" targetRef="et" /></subProcess></process>'
)
MANY_VARIABLES = process(
    '<startEvent id="s" />' + script("a", BIG) + "".join(script(f"n{n}", f"v{n} = big") for n in range(200)),
    "s-a a-n0 " + " ".join(f"n{n}-n{n + 1}" for n in range(199)),
)
COLLECTED = process(
    '<startEvent id="s" />' + script("a", BIG)
    + script("w", "x = 1", times("1999", attributes='bangiao:outputCollection="all" bangiao:outputElement="big"')),
    "s-a a-w",
)  # fmt: skip
SENT = process(
    '<startEvent id="s" />' + script("a", BIG)
    + f'<serviceTask id="w" bangiao:topic="t" bangiao:payload="{{\'big\': big}}">{times("1999")}</serviceTask>',
    "s-a a-w",
)  # fmt: skip
FORKS = process('<startEvent id="s" />' + script("a", "x = 1") + script("b", "x = 1"), "s-a a-a a-b b-a b-b")
DECIDED = process(
    '<startEvent id="s" /><exclusiveGateway id="g" />' + script("a", BIG)
    + '<businessRuleTask id="w" bangiao:decision="grow" bangiao:result="grown" />',
    "s-a a-g g-w w-g",
)  # fmt: skip
TABLE = (
    f'<definitions xmlns="{TABLES}" id="d" name="d" namespace="https://bangiao.vn/samples">'
    '<decision id="grow" name="Nở ra"><decisionTable hitPolicy="COLLECT"><input id="i"><inputExpression id="e">'
    '<text>big</text></inputExpression></input><output id="o" name="o" />'
    + "".join(
        f'<rule id="r{n}"><inputEntry id="t{n}"><text>= big</text></inputEntry><outputEntry id="o{n}"><text>big</text>'
        "</outputEntry></rule>"
        for n in range(500)
    )
    + "</decisionTable></decision></definitions>"
)
CHOOSING = '<startEvent id="s" /><exclusiveGateway id="g" />'
ENDLESS = "<standardLoopCharacteristics><loopCondition>true</loopCondition></standardLoopCharacteristics>"
ATTACKS: dict[str, str] = {
    "squares, turn by turn": loop("x = x * x"),
    "a text doubled, turn by turn": loop("t = t + t"),
    "a list in itself, turn by turn": loop("big = [big, big]"),
    "a list that grows, turn by turn": loop("big = big + [t]"),
    "a text read again and again": loop("y = len(join(big, t)) + len(upper(t)) if t in t else 0"),
    "a loop that waits for nobody": loop("x = 1 - x"),
    "a loop that only chooses": process(CHOOSING + '<task id="w" />', "s-g g-w w-g"),
    "a standard loop without end": process(
        '<startEvent id="s" />'
        + script("w", "x = 1", ENDLESS),
        "s-w",
    ),
    "many variables": MANY_VARIABLES,
    "a cardinality without end": process(
        '<startEvent id="s" />' + script("w", "x = 1", times("9 * 10000000000")), "s-w"
    ),
    "many in many": nested(2),
    "many in many in many": nested(3),
    "what every run gives": COLLECTED,
    "what every job is sent": SENT,
    "two for each": FORKS,
    "calls in circles": calling("a"),
    "calls in circles, two at once": calling("a b"),
    "a table that grows": DECIDED,
    "messages to oneself": talking("message"),
    "messages to oneself, two at once": talking("message", twice=True),
    "signals to oneself": talking("signal"),
    "a signal that wakes itself": WAKING,
}  # fmt: skip
HONEST = process('<startEvent id="s" /><userTask id="u" />' + script("w", "x = len(words)"), "s-u u-w", "honest")


def attacked(database: Database, name: str) -> dict[str, Any]:
    """Run one attack and an honest case behind it."""
    refused = ""
    try:
        run_command(database, lambda work: begin(work, ATTACKS[name]))
        advance(database, [TimersDue(), JobsDue({})], NOW)
    except BangiaoError as error:
        refused = str(error)
    with reading(database) as work:
        incidents = list(work.incidents.page(limit=200))
        kinds = sorted({incident.kind for incident in incidents})
        words = sorted({incident.message for incident in incidents})[:3]
    done = honest(database)
    run_command(database, clean)
    used = resource.getrusage(resource.RUSAGE_SELF)
    return {"attack": name, "refused": refused, "kinds": kinds, "incidents": len(incidents), "words": words,
            "honest": done,
            "memory": used.ru_maxrss * 1024, "seconds": used.ru_utime + used.ru_stime}  # fmt: skip


def begin(work: Work, body: str) -> None:
    xml = f"{HEAD}{body}</definitions>".encode()
    deploy(work, xml, key="attack", decisions=[("grow", TABLE.encode())], now=NOW)
    start_instance(work, "attack", {}, process_id="attack", now=NOW)


def honest(database: Database) -> bool:
    """Whether a case of two steps still runs to its end."""

    def start(work: Work) -> UUID:
        deploy(work, f"{HEAD}{HONEST}</definitions>".encode(), now=NOW)
        return start_instance(work, "honest", {"words": "xin chào"}, now=NOW).id

    case = run_command(database, start)
    with reading(database) as work:
        (task,) = work.user_tasks.of_instance(case, only_open=True)
    run_command(database, lambda work: complete_user_task(work, task.id, ADMINISTRATOR, {}, NOW))
    with reading(database) as work:
        return work.instances.get(case).status == "completed"


def clean(work: Work) -> None:
    """Settle what the attack has left, so that the next one is seen alone."""
    for incident in work.incidents.page(limit=10_000):
        incident.resolved_at, incident.resolution = NOW, "resolved"


def lines(database: Database, names: list[str]) -> Iterator[str]:
    for name in names or ATTACKS:
        yield json.dumps(attacked(database, name))


def main(url: str, *names: str) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR, PROCESSOR))
    database = Database(url)
    upgrade(database)
    start_virtual_clock(database, NOW)
    for line in lines(database, list(names)):
        print(line, flush=True)  # noqa: T201 - it is how the test hears of us
    database.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
