"""Units, people, posts, standing in, and what that makes of a user."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import event

from domain.errors import Conflict, Invalid, NotAllowed, NotFound
from domain.people import candidate_key
from office.access_tokens import issue_token, revoke_token, token_in_force
from office.directory import directory
from office.organisation import clerk_unit, user_of
from office.people import add_person, give_post, set_active, stand_in
from office.sample import login_of
from office.sign_in import TRIES_PER_LOGIN, WINDOW, TooManyTries, change_password, sign_in
from office.unit_groups import members
from office.units import add_unit, learn_alias, merge_units, rename_unit
from storage.transactions import Work, reading, run_command
from tests.unit.office.conftest import NOW, TODAY, Office


def test_an_official_holds_the_key_of_the_post_and_leads_nothing(office: Office) -> None:
    user = office.user("maint")
    assert user.keys == {candidate_key(office.units["TCCB"], "official")}
    assert user.headed_units == frozenset()


def test_a_director_leads_everything_of_the_department_and_nothing_outside(office: Office) -> None:
    user = office.user("khaitq")
    assert office.units["CCKL"] in user.headed_units
    assert office.units["SNV"] not in user.headed_units


def test_a_user_takes_four_statements(office: Office) -> None:
    statements: list[str] = []
    with reading(office.database) as work:
        person = work.people.by_login("maint")
        assert person is not None
        work.session.expire_all()
        event.listen(office.database.engine, "before_cursor_execute", lambda *a: statements.append(a[2]))
        user_of(work, person.id, TODAY)
    assert len(statements) <= 4, statements


def test_standing_in_lends_keys_for_those_days_only_and_is_not_handed_on(office: Office) -> None:
    def away(work: Work) -> None:
        mai, yen, chau = (work.people.by_login(login) for login in ("maint", "yenlh", "chautm"))
        assert mai
        assert yen
        assert chau
        stand_in(work, mai.id, yen.id, TODAY, TODAY + timedelta(days=4), "Đi công tác", NOW)
        stand_in(work, yen.id, chau.id, TODAY, TODAY, "Nghỉ phép", NOW)

    run_command(office.database, away)
    key = candidate_key(office.units["TCCB"], "official")
    assert key in office.user("yenlh").stood_in_keys
    assert office.user("chautm").stood_in_keys == {key: office.user("yenlh").person_id}
    assert office.user("yenlh", TODAY + timedelta(days=5)).stood_in_keys == {}
    assert office.user("yenlh", TODAY - timedelta(days=1)).stood_in_keys == {}


def test_standing_in_for_an_administrator_administers_nothing(office: Office) -> None:
    def away(work: Work) -> None:
        admin, mai = work.people.by_login("quantri"), work.people.by_login("maint")
        assert admin
        assert mai
        stand_in(work, admin.id, mai.id, TODAY, TODAY, "Nghỉ", NOW)

    run_command(office.database, away)
    assert office.user("maint").stood_in_keys == {}
    assert not office.user("maint").is_administrator()


def test_standing_in_for_one_process_is_kept_apart(office: Office) -> None:
    def away(work: Work) -> None:
        mai, chau = work.people.by_login("maint"), work.people.by_login("chautm")
        assert mai
        assert chau
        stand_in(work, mai.id, chau.id, TODAY, TODAY, "Hỗ trợ", NOW, definition_key="periodic")

    run_command(office.database, away)
    user = office.user("chautm")
    assert user.stood_in_keys == {}
    assert candidate_key(office.units["TCCB"], "official") in user.stood_in_for("periodic")


def test_work_of_a_merged_unit_comes_to_its_successor(office: Office) -> None:
    water, land = office.units["TNN"], office.units["DD"]
    run_command(office.database, lambda work: merge_units(work, [water], land, date(2026, 7, 1)))
    after = office.user("chautm", date(2026, 7, 1))
    assert candidate_key(water, "official") in after.keys
    assert water in after.all_unit_ids
    assert water in office.user("vietdq").headed_units
    with reading(office.database) as work:
        units = directory(work, date(2026, 7, 1))
    assert units.present(water) == land
    assert not units.get(water).valid
    with pytest.raises(Invalid):
        run_command(office.database, lambda work: merge_units(work, [land], water, date(2026, 8, 1)))


def test_a_renamed_unit_keeps_its_old_name_on_old_papers(office: Office) -> None:
    unit = office.units["MT"]
    run_command(office.database, lambda work: rename_unit(work, unit, "Phòng Môi trường và Biến đổi khí hậu", TODAY))
    with reading(office.database) as work:
        assert directory(work, TODAY).name(unit) == "Phòng Môi trường và Biến đổi khí hậu"
        assert directory(work, TODAY - timedelta(days=1)).name(unit) == "Phòng Quản lý môi trường"


def test_a_group_is_its_members_on_the_day(office: Office) -> None:
    run_command(office.database, lambda work: merge_units(work, [office.units["TNN"]], office.units["DD"], TODAY))
    with reading(office.database) as work:
        group = work.unit_groups.by_code("TATCA")
        assert group is not None
        before = members(group, directory(work, TODAY - timedelta(days=1)))
        after = members(group, directory(work, TODAY))
    assert {unit.code for unit in before} - {unit.code for unit in after} == {"TNN"}
    assert len(before) == 11
    assert not any(unit.kind == "external" for unit in before)


def test_an_alias_learnt_again_counts_as_learnt_last(office: Office) -> None:
    run_command(office.database, lambda work: learn_alias(work, "Phòng Đất", unit_id=office.units["DD"]))
    run_command(office.database, lambda work: learn_alias(work, "PHÒNG  ĐẤT", unit_id=office.units["MT"]))
    with reading(office.database) as work:
        alias = work.units.alias("phong dat")
        assert alias is not None
        assert alias.unit_id == office.units["MT"]


def test_the_clerks_sit_in_the_departments_office(office: Office) -> None:
    with reading(office.database) as work:
        assert clerk_unit(work, directory(work, TODAY), TODAY) == office.units["VP"]


def test_logins_and_codes_are_given_once(office: Office) -> None:
    with pytest.raises(Conflict, match="đã có"):
        run_command(office.database, lambda work: add_person(work, "MAINT", "Ai Đó", NOW))
    with pytest.raises(Conflict):
        run_command(office.database, lambda work: add_unit(work, "VP", "Văn phòng"))
    with pytest.raises(Invalid):
        run_command(
            office.database, lambda work: give_post(work, office.user("maint").person_id, office.units["VP"], "king")
        )


def test_a_closed_account_is_no_user(office: Office) -> None:
    person_id = office.user("maint").person_id
    run_command(office.database, lambda work: set_active(work, person_id, False))
    with pytest.raises(NotFound), reading(office.database) as work:
        user_of(work, person_id, TODAY)


def test_sign_in_by_password_and_slower_after_failures(office: Office) -> None:
    assert sign_in(office.database, " MaiNT ", "mat-khau-thu", "10.0.0.1", NOW).login == "maint"
    for _ in range(TRIES_PER_LOGIN):
        with pytest.raises(NotAllowed, match="không đúng"):
            sign_in(office.database, "maint", "sai-mat-khau", "10.0.0.1", NOW)
    with pytest.raises(TooManyTries):
        sign_in(office.database, "maint", "mat-khau-thu", "10.0.0.2", NOW)
    later = NOW + WINDOW
    assert sign_in(office.database, "maint", "mat-khau-thu", "10.0.0.2", later).login == "maint"


def test_nobody_signs_in_without_an_account_or_with_a_closed_one(office: Office) -> None:
    run_command(office.database, lambda work: set_active(work, office.user("maint").person_id, False))
    for login in ("maint", "khongco"):
        with pytest.raises(NotAllowed):
            sign_in(office.database, login, "mat-khau-thu", "10.0.0.1", NOW)


def test_a_new_password_ends_other_sessions(office: Office) -> None:
    def change(work: Work) -> int:
        person = work.people.by_login("maint")
        assert person is not None
        with pytest.raises(Invalid):
            change_password(work, person, "mat-khau-thu", "ngan")
        with pytest.raises(NotAllowed):
            change_password(work, person, "sai", "mat-khau-moi")
        change_password(work, person, "mat-khau-thu", "mat-khau-moi")
        return person.session_version

    assert run_command(office.database, change) == 2
    assert sign_in(office.database, "maint", "mat-khau-moi", "10.0.0.1", NOW)


def test_a_token_acts_for_its_person_until_it_is_revoked(office: Office) -> None:
    def issue(work: Work) -> str:
        person = work.people.by_login("maint")
        assert person is not None
        return issue_token(work, person, "Máy tôi", NOW)

    token = run_command(office.database, issue)
    with reading(office.database) as work:
        kept = token_in_force(work, token)
        assert kept is not None
        assert kept.person_id == office.user("maint").person_id
        assert token_in_force(work, token + "x") is None
        assert not any(token in each.hash for each in work.access_tokens.of(office.user("maint").person_id))

    def revoke(work: Work) -> None:
        revoke_token(work, work.access_tokens.of(office.user("maint").person_id)[0].id, NOW)

    run_command(office.database, revoke)
    with reading(office.database) as work:
        assert token_in_force(work, token) is None
    with pytest.raises(Conflict):
        run_command(office.database, revoke)


def test_logins_come_from_names() -> None:
    assert login_of("Đỗ Văn Hưng") == "hungdv"
