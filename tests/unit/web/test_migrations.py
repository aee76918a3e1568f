"""Moving running cases to another version: tried first, those without a place stay, the whole taken back."""

from __future__ import annotations

from uuid import UUID

import pytest

from bpmn.library import shipped
from engine.definitions import deploy
from engine.due import JobsDue
from storage.transactions import reading
from tests.unit.web.conftest import NOW, Browser, Office


def publish(office: Office, *, rename: tuple[str, str] | None = None) -> int:
    """A new version of `simple`, a step under another id when asked for."""
    source = next(each for each in shipped() if each.key == "simple")
    xml = source.xml.replace("Giao việc".encode(), "Nhận giao việc".encode())
    if rename is not None:
        xml = xml.replace(f'"{rename[0]}"'.encode(), f'"{rename[1]}"'.encode())
    forms = tuple(source.forms.items())
    return office.system.run(lambda work: deploy(work, xml, key="simple", forms=forms, now=NOW).version)


def version_of(office: Office, instance_id: UUID) -> int:
    with reading(office.system.database) as work:
        return work.definitions.get(work.instances.get(instance_id).definition_id).version


def run_jobs(office: Office) -> None:
    JobsDue(office.system.handlers).run(office.system.database, NOW)


@pytest.fixture
def administrator(office: Office) -> Browser:
    return office.sign_in("quantri")


def test_cases_are_tried_then_moved_and_put_back(office: Office, administrator: Browser) -> None:
    instance_id = office.start("simple", number="1.1", title="Rà soát quy chế")
    new = publish(office)
    page = administrator.get("/designer/simple/migrate").text
    assert "1 hồ sơ chuyển được" in page
    assert version_of(office, instance_id) == new - 1
    begun = administrator.post("/designer/simple/migrate", {"to": str(new), "from": str(new - 1)})
    run_jobs(office)
    assert version_of(office, instance_id) == new
    page = administrator.get(begun.location).text
    assert "Đưa về bản cũ" in page
    batch = begun.location.rsplit("/", 1)[1]
    administrator.post(f"/designer/migrations/{batch}/undo")
    run_jobs(office)
    assert version_of(office, instance_id) == new - 1


def test_a_case_without_a_place_is_named_with_its_reason_and_can_be_given_one(
    office: Office, administrator: Browser
) -> None:
    instance_id = office.start("simple", number="1.1", title="Rà soát quy chế")
    step = office.task(instance_id).element_id
    new = publish(office, rename=(step, "elsewhere"))
    page = administrator.get("/designer/simple/migrate").text
    assert "1 hồ sơ ở lại bản cũ" in page
    assert "Rà soát quy chế" in page
    assert f'name="place.{step}"' in page
    page = administrator.get(f"/designer/simple/migrate?to={new}&place.{step}=elsewhere").text
    assert "1 hồ sơ chuyển được" in page
    administrator.post("/designer/simple/migrate", {"to": str(new), f"place.{step}": "elsewhere"})
    run_jobs(office)
    assert version_of(office, instance_id) == new
    assert office.task(instance_id).element_id == "elsewhere"


def test_nothing_to_move_is_said_and_an_unknown_version_refused(office: Office, administrator: Browser) -> None:
    assert "Không có hồ sơ nào đang chạy ở bản khác" in administrator.get("/designer/simple/migrate").text
    assert administrator.post("/designer/simple/migrate").status_code == 422
    assert administrator.get("/designer/simple/migrate?to=77").status_code == 422
    assert administrator.get("/designer/nothing/migrate").status_code == 404


def test_only_administrators_move_cases(office: Office) -> None:
    assert office.sign_in("lua").get("/designer/simple/migrate").status_code == 403
