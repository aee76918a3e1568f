"""`bangiao bpmn check`: fit to run here, and with --strict fit by the standard alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from web.cli.bpmn import bpmn

DRAWINGS = Path(__file__).parents[2] / "bpmn"
CONFORMANCE = Path(__file__).parents[3] / ".." / "shared" / "conformance" / "models"
VALID = sorted(DRAWINGS.glob("valid*.bpmn"))
RUNNING = {
    "valid_compensation_and_data", "valid_data_of_events", "valid_imported", "valid_prefixes",
    "valid_vendor_extensions",
}  # fmt: skip

MENDED = (
    "repair_no_executable_mark", "repair_several_flows", "repair_empty_script", "repair_empty_sub_process",
    "repair_several_starts", "repair_condition_at_parallel", "repair_script_without_format",
    "repair_picture_of_nothing",
)  # fmt: skip

# Drawings by others that break the standard, and what they break.
BROKEN_MODELS = {
    "betsy__Token_StartQuantity_Zero": "startQuantity",
    "betsy__Token_CompletionQuantity_Zero": "completionQuantity",
}
KNOWS_ITS_FLOWS = {"flowable__InclusiveGatewayTest.testParentActivationOnNonJoiningEnd"}


def check(*arguments: str | Path) -> tuple[int, str]:
    answer = CliRunner().invoke(bpmn, ["check", *map(str, arguments)])
    return answer.exit_code, answer.output


@pytest.mark.parametrize("path", VALID, ids=lambda path: path.stem)
def test_what_the_standard_allows_passes_when_strict_whether_or_not_it_runs(path: Path) -> None:
    assert check("--strict", path)[0] == 0
    assert check(path)[0] == (0 if path.stem in RUNNING else 1)


@pytest.mark.parametrize("name", ["error_unknown_role", "error_timer_unreadable", "error_flows_without_condition"])
def test_a_drawing_of_ours_must_run_as_well(name: str) -> None:
    assert check("--strict", DRAWINGS / f"{name}.bpmn")[0] == 1


@pytest.mark.parametrize("path", sorted(DRAWINGS.glob("error_*.bpmn")), ids=lambda path: path.stem)
def test_what_cannot_run_is_refused_when_not_strict(path: Path) -> None:
    assert check(path)[0] == 1


def test_what_is_mended_though_the_standard_allows_it_passes() -> None:
    for name in MENDED:
        assert check("--strict", DRAWINGS / f"{name}.bpmn")[0] == 0, name


def test_json_says_whose_rule_is_broken() -> None:
    code, output = check("--json", DRAWINGS / "valid_left_open.bpmn", DRAWINGS / "standard_signal_without_name.bpmn")
    ours, theirs = json.loads(output)["files"]
    assert code == 1
    assert (ours["can_run"], ours["keeps_to_standard"]) == (False, True)
    assert (theirs["can_run"], theirs["keeps_to_standard"]) == (True, False)
    assert not any(each["against_standard"] for each in ours["findings"])
    assert {"severity", "element", "line", "message", "remedy", "message_en", "remedy_en"} <= ours["findings"][0].keys()


def test_words_come_in_both_languages_with_a_remedy() -> None:
    path = DRAWINGS / "standard_signal_without_name.bpmn"
    lines = check(path)[1].splitlines()[:4]
    assert lines[0].startswith(f"{path}:")
    assert " repaired (BPMN 2.0) rung: " in lines[0]
    assert all(line.startswith("    ") for line in lines[1:])


def test_a_process_given_with_the_file_is_not_missing(tmp_path: Path) -> None:
    calling, called = DRAWINGS / "advice_called_not_deployed.bpmn", tmp_path / "elsewhere.bpmn"
    called.write_text((DRAWINGS / "sound.bpmn").read_text().replace('process id="work"', 'process id="elsewhere"'))
    assert "advice" in check(calling)[1]
    assert check(calling, called) == (0, "")


def test_a_form_given_with_the_file_is_looked_into(tmp_path: Path) -> None:
    schema = {"type": "default", "components": [{"type": "textfield", "key": "total", "label": "Số"}]}
    for key in ("draft", "review"):
        (tmp_path / f"{key}.json").write_text(json.dumps(schema))
    drawing = DRAWINGS / "advice_parallel_forms.bpmn"
    assert check(drawing) == (0, "")
    assert "advice split" in check(drawing, tmp_path / "draft.json", tmp_path / "review.json")[1]
    (tmp_path / "broken.json").write_text("[")
    assert check(drawing, tmp_path / "broken.json")[0] == 2


@pytest.mark.skipif(not CONFORMANCE.exists(), reason="the conformance models are not beside the checkout")
@pytest.mark.parametrize("path", sorted(CONFORMANCE.glob("*.bpmn")), ids=lambda path: path.stem)
def test_models_by_others_are_judged_by_the_standard_alone(path: Path) -> None:
    """Engines' own tests leave out what flows lead into their nodes; the rest breaks nothing it does not mean to."""
    code, output = check("--strict", "--json", path)
    broken = [each["message_en"] for each in json.loads(output)["files"][0]["findings"] if each["against_standard"]]
    if path.stem in BROKEN_MODELS:
        assert any(BROKEN_MODELS[path.stem] in said for said in broken)
    elif path.stem.startswith("betsy") or path.stem in KNOWS_ITS_FLOWS:
        assert (code, broken) == (0, [])
    else:
        assert any("incoming or outgoing" in said for said in broken)
