"""Which units a cell names."""

from __future__ import annotations

import pytest

from domain.plans import RoleNote
from plans.names import Names
from plans.units import is_unit, read_units, role_notes

DOCUMENT = (
    "Phòng Tổ chức cán bộ Sở tham mưu; Phòng Tổ chức cán bộ Sở tổng hợp.",
    "Văn phòng Sở theo dõi các phòng chuyên môn, đơn vị trực thuộc Sở.",
    "Trung tâm Quan trắc môi trường và Phòng Kế hoạch - Tài chính cùng làm.",
    "Phòng Kế hoạch - Tài chính",
)

CASES = {
    "Sở Nông nghiệp và Môi trường (Văn phòng Sở)": ("Văn phòng Sở",),
    "Sở Nông nghiệp và Môi trường (Văn phòng, phòng Tổ chức cán bộ Sở)": ("Văn phòng Sở", "Phòng Tổ chức cán bộ Sở"),
    "Sở Nông nghiệp và Môi trường (Phòng Tổ chức cán bộ) Sở)": ("Phòng Tổ chức cán bộ Sở",),
    "Sở Nông nghiệp và Môi trường (Văn phòng Sở) phòng Sở)": ("Văn phòng Sở",),
    "P. TCCB Sở": ("Phòng Tổ chức cán bộ Sở",),
    "VP.Sở, P.KHTC": ("Văn phòng Sở", "Phòng Kế hoạch - Tài chính"),
    "Phòng Kế hoạch Tài chính": ("Phòng Kế hoạch - Tài chính",),
    "Trung tâm QTMT": ("Trung tâm Quan trắc môi trường",),
    "Các PCM & ĐVTT": ("Các phòng chuyên môn, đơn vị trực thuộc Sở",),
    "Các phòng, cơ quan, đơn vị thuộc Sở có liên quan.": ("Các phòng, cơ quan, đơn vị thuộc Sở có liên quan",),
    "Các đơn vị thuộc Sở thực hiện": ("Các đơn vị thuộc Sở",),
    "Các phòng, đơn vị liên quan thực hiện báo cáo và phối hợp tổng hợp": ("Các phòng, đơn vị liên quan",),
    "Văn phòng Sở theo dõi, đôn đốc, tổng hợp": ("Văn phòng Sở",),
    "- Phòng Pháp chế - Văn phòng Sở - Thanh tra Sở": ("Phòng Pháp chế", "Văn phòng Sở", "Thanh tra Sở"),
    "Sở Tài chính và Sở Nội vụ": ("Sở Tài chính", "Sở Nội vụ"),
    "Sở Khoa học và Công nghệ": ("Sở Khoa học và Công nghệ",),
    "Sở Nội vụ; các phòng chuyên môn, đơn vị thuộc Sở": ("Sở Nội vụ", "Các phòng chuyên môn, đơn vị thuộc Sở"),
    "Các phòng chuyên môn, Chi cục Thủy lợi": ("Các phòng chuyên môn", "Chi cục Thủy lợi"),
    "UBND các xã, phường": ("UBND các xã, phường",),
    "4 chi cục trực thuộc": ("4 chi cục trực thuộc",),
    "": (),
}


@pytest.mark.parametrize("text", CASES)
def test_each_cell_gives_its_units_in_full(text: str) -> None:
    assert read_units(text, Names([*DOCUMENT, text])).units == CASES[text]


ROLES = {
    "Văn phòng Sở theo dõi, đôn đốc, tổng hợp": (("Văn phòng Sở", "theo dõi, đôn đốc, tổng hợp"),),
    "Văn phòng Sở (tổng hợp, theo dõi)": (("Văn phòng Sở", "tổng hợp, theo dõi"),),
    "Văn phòng Sở: tổng hợp": (("Văn phòng Sở", "tổng hợp"),),
    "Thanh tra Sở kiểm soát; P. TCCB Sở làm đầu mối, các chi cục": (
        ("Thanh tra Sở", "kiểm soát"), ("Phòng Tổ chức cán bộ Sở", "làm đầu mối"),
    ),
    "Sở Nông nghiệp và Môi trường (Văn phòng Sở) hướng dẫn": (("Văn phòng Sở", "hướng dẫn"),),
    "Các phòng, đơn vị liên quan thực hiện báo cáo": (("Các phòng, đơn vị liên quan", "thực hiện báo cáo"),),
    "Văn phòng Sở chủ trì": (),
    "Các đơn vị thuộc Sở thực hiện": (),
    "Phòng kiểm soát TTHC; Phòng Theo dõi thi hành pháp luật": (),
}  # fmt: skip


@pytest.mark.parametrize("text", ROLES)
def test_what_a_unit_does_there_is_kept_as_its_role(text: str) -> None:
    roles = read_units(text, Names([*DOCUMENT, text])).roles
    assert tuple((role.unit, role.role) for role in roles) == ROLES[text]


def test_a_kind_of_unit_alone_is_never_left_of_a_name() -> None:
    assert read_units("Phòng kiểm soát TTHC", Names(DOCUMENT)).units == ("Phòng kiểm soát TTHC",)


def test_roles_follow_names_a_person_corrected() -> None:
    raw = "VP.Sở theo dõi; Phòng TCCB"
    assert role_notes(raw, ["Văn phòng Sở Nội vụ", "Phòng Tổ chức cán bộ"]) == (
        RoleNote("Văn phòng Sở Nội vụ", "theo dõi"),
    )
    assert role_notes(raw, ["Thanh tra Sở"]) == ()


def test_a_name_broken_off_by_the_page_is_completed_when_one_only_begins_so() -> None:
    names = Names([*DOCUMENT, "Sở Khoa học và Công nghệ", "Sở Khoa học và"])
    names.learn(["Sở Khoa học và Công nghệ"])
    reading = read_units("Sở Khoa học và", names, cut=True)
    assert reading.units == ("Sở Khoa học và Công nghệ",)
    assert reading.notes


def test_a_broken_name_that_two_others_begin_with_is_left_as_it_is() -> None:
    names = Names(["Phòng Quản lý đất đai", "Phòng Quản lý nước"])
    names.learn(["Phòng Quản lý đất đai", "Phòng Quản lý nước"])
    assert read_units("Phòng Quản lý", names, cut=True).units == ("Phòng Quản lý",)


def test_an_abbreviation_the_document_never_spells_out_is_kept() -> None:
    assert read_units("Phòng XQZK", Names(DOCUMENT)).units == ("Phòng XQZK",)


@pytest.mark.parametrize(
    "text", ["Báo cáo", "Ban hành quy chế", "Tổ chức hội nghị", "Hội nghị", "Tháng 3", "Quyết định"]
)
def test_work_and_products_are_not_taken_for_units(text: str) -> None:
    assert not is_unit(text)
