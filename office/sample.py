"""An invented department to try everything with: Sở Nông nghiệp và Môi trường tỉnh Yên Hà.

Province, bodies below it and people exist nowhere; all sign in with the same password.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from domain.text import fold
from office.passwords import hash_password
from office.people import add_person, give_post
from office.unit_groups import add_group
from office.units import add_unit, learn_alias
from storage.transactions import Work

PASSWORD = "ban-giao-2026"


@dataclass(frozen=True, slots=True)
class Invented:
    """A unit to be made, with its people: (family and given names, role, title)."""

    code: str
    name: str
    short_name: str
    people: tuple[tuple[str, str, str], ...] = ()
    aliases: tuple[str, ...] = ()


DEPARTMENT = Invented(
    "SNNMT",
    "Sở Nông nghiệp và Môi trường",
    "Sở NN&MT",
    (
        ("Trần Quang Khải", "leader", "Giám đốc Sở"),
        ("Lê Thị Thu Hiền", "leader", "Phó Giám đốc Sở"),
        ("Phạm Minh Đức", "leader", "Phó Giám đốc Sở"),
    ),
    ("Sở Nông nghiệp và Môi trường tỉnh Yên Hà", "Sở NNMT", "Lãnh đạo Sở", "Ban Giám đốc Sở"),
)

DIVISIONS = (
    Invented(
        "VP",
        "Văn phòng Sở",
        "Văn phòng",
        (
            ("Nguyễn Thị Bích Ngọc", "head", "Chánh Văn phòng"),
            ("Hoàng Thị Lan", "clerk", "Văn thư"),
            ("Vũ Đình Tùng", "official", "Chuyên viên"),
            ("Bùi Thị Hạnh", "official", "Chuyên viên"),
        ),
        ("Văn phòng", "VP Sở"),
    ),
    Invented(
        "TCCB",
        "Phòng Tổ chức cán bộ",
        "TCCB",
        (
            ("Đỗ Văn Hưng", "head", "Trưởng phòng"),
            ("Ngô Thị Mai", "official", "Chuyên viên"),
            ("Lý Hải Yến", "official", "Chuyên viên"),
        ),
        ("Phòng Tổ chức cán bộ Sở", "Phòng TCCB"),
    ),
    Invented(
        "KHTC",
        "Phòng Kế hoạch - Tài chính",
        "KH-TC",
        (
            ("Trịnh Công Sáu", "head", "Trưởng phòng"),
            ("Đặng Thùy Dương", "official", "Chuyên viên"),
            ("Cao Xuân Bách", "official", "Chuyên viên"),
        ),
        ("Phòng KHTC", "Phòng Kế hoạch Tài chính"),
    ),
    Invented(
        "TTS",
        "Thanh tra Sở",
        "Thanh tra",
        (("Phan Văn Thắng", "head", "Chánh Thanh tra"), ("Hồ Thị Nga", "official", "Thanh tra viên")),
        ("Thanh tra",),
    ),
    Invented(
        "DD",
        "Phòng Quản lý đất đai",
        "Đất đai",
        (
            ("Dương Quốc Việt", "head", "Trưởng phòng"),
            ("Tạ Minh Châu", "official", "Chuyên viên"),
            ("Mai Thanh Bình", "official", "Chuyên viên"),
        ),
        ("Phòng Đất đai", "Phòng QLĐĐ"),
    ),
    Invented(
        "MT",
        "Phòng Quản lý môi trường",
        "Môi trường",
        (
            ("Lương Thị Hồng", "head", "Trưởng phòng"),
            ("Châu Gia Huy", "official", "Chuyên viên"),
            ("Đinh Thị Phượng", "official", "Chuyên viên"),
        ),
        ("Phòng Môi trường", "Phòng QLMT"),
    ),
    Invented(
        "TNN",
        "Phòng Tài nguyên nước và khoáng sản",
        "TN nước & KS",
        (("Quách Tuấn Anh", "head", "Trưởng phòng"), ("La Thị Kim Oanh", "official", "Chuyên viên")),
        ("Phòng Tài nguyên nước - Khoáng sản",),
    ),
)

SUBORDINATES = (
    Invented(
        "CCKL",
        "Chi cục Kiểm lâm",
        "CC Kiểm lâm",
        (
            ("Nông Văn Lực", "head", "Chi cục trưởng"),
            ("Vi Thị Thơm", "official", "Chuyên viên"),
            ("Hà Đức Mạnh", "official", "Kiểm lâm viên"),
        ),
    ),
    Invented(
        "CCTTBVTV",
        "Chi cục Trồng trọt và Bảo vệ thực vật",
        "CC TT&BVTV",
        (("Tống Thị Liên", "head", "Chi cục trưởng"), ("Khổng Minh Quân", "official", "Chuyên viên")),
        ("Chi cục Trồng trọt - Bảo vệ thực vật",),
    ),
    Invented(
        "CCCNTY",
        "Chi cục Chăn nuôi và Thú y",
        "CC CN&TY",
        (("Thái Bá Long", "head", "Chi cục trưởng"), ("Kiều Thị Nhung", "official", "Chuyên viên")),
        ("Chi cục Chăn nuôi, Thú y",),
    ),
    Invented(
        "CCTL",
        "Chi cục Thủy lợi",
        "CC Thủy lợi",
        (("Giáp Văn Sơn", "head", "Chi cục trưởng"), ("Ứng Thị Loan", "official", "Chuyên viên")),
        ("Chi cục Thuỷ lợi",),
    ),
)

EXTERNALS = (
    Invented("UBNDT", "Ủy ban nhân dân tỉnh", "UBND tỉnh", aliases=("UBND tỉnh", "UBND tỉnh Yên Hà")),
    Invented("VPUBND", "Văn phòng Ủy ban nhân dân tỉnh", "VP UBND tỉnh", aliases=("Văn phòng UBND tỉnh",)),
    Invented("SNV", "Sở Nội vụ", "Sở Nội vụ"),
    Invented(
        "SKHCN", "Sở Khoa học và Công nghệ", "Sở KH&CN", aliases=("Sở Thông tin và Truyền thông", "Sở TT&TT", "Sở TTTT")
    ),
    Invented("STP", "Sở Tư pháp", "Sở Tư pháp"),
    Invented("STC", "Sở Tài chính", "Sở Tài chính"),
    Invented(
        "UBNDX",
        "Ủy ban nhân dân cấp xã",
        "UBND cấp xã",
        aliases=("UBND cấp xã", "UBND các xã, phường", "UBND cấp huyện", "UBND các huyện, thành phố"),
    ),
)

ALL_UNITS = {"kinds": ["division", "subordinate"]}
GROUPS = (
    (
        "TATCA",
        "Các phòng chuyên môn, đơn vị thuộc Sở",
        ALL_UNITS,
        (
            "Các phòng, đơn vị thuộc Sở",
            "Các phòng, cơ quan, đơn vị thuộc Sở",
            "Các phòng chuyên môn, cơ quan, đơn vị thuộc Sở",
            "Các phòng chuyên môn, đơn vị trực thuộc Sở",
            "Các phòng, đơn vị trực thuộc Sở",
            "Các phòng, đơn vị",
            "Các đơn vị thuộc Sở",
        ),
    ),
    ("PHONG", "Các phòng chuyên môn thuộc Sở", {"kinds": ["division"]}, ("Các phòng thuộc Sở", "Các phòng chuyên môn")),
    ("DVTT", "Các đơn vị trực thuộc Sở", {"kinds": ["subordinate"]}, ("Các chi cục", "Các đơn vị trực thuộc")),
)


def sample_department(work: Work, now: datetime, *, password: str = PASSWORD) -> dict[str, UUID]:
    """Make the department with its people; gives the units' ids by code. Logins are `login_of(name)`.

    The administrator is `quantri`, the designer `thietke`, both in Văn phòng Sở.
    """
    department = add_unit(
        work, DEPARTMENT.code, DEPARTMENT.name, short_name=DEPARTMENT.short_name, kind="department",
        aliases=DEPARTMENT.aliases,
    )  # fmt: skip
    ids = {DEPARTMENT.code: department.id}
    for kind, invented in (("division", DIVISIONS), ("subordinate", SUBORDINATES), ("external", EXTERNALS)):
        for unit in invented:
            ids[unit.code] = add_unit(
                work,
                unit.code,
                unit.name,
                short_name=unit.short_name,
                kind=kind,
                parent_id=None if kind == "external" else department.id,
                has_accounts=kind != "external",
                aliases=unit.aliases,
            ).id
    for code, name, rule, aliases in GROUPS:
        group = add_group(work, code, name, rule)
        for alias in (name, *aliases):
            learn_alias(work, alias, group_id=group.id)
    hashed = hash_password(password)  # once: a hash takes its time, and the password is the same
    for unit in (DEPARTMENT, *DIVISIONS, *SUBORDINATES):
        for name, role, title in unit.people:
            _employ(work, name, login_of(name), ids[unit.code], role, title, hashed, now)
    _employ(work, "Quản trị hệ thống", "quantri", ids["VP"], "administrator", "Quản trị hệ thống", hashed, now)
    _employ(work, "Lâm Nhật Thiết", "thietke", ids["VP"], "designer", "Chuyên viên thiết kế quy trình", hashed, now)
    return ids


def login_of(name: str) -> str:
    """Given name and the initials of the others: Trần Quang Khải signs in as `khaitq`."""
    words = fold(name).split()
    return words[-1] + "".join(word[0] for word in words[:-1])


def _employ(
    work: Work, name: str, login: str, unit_id: UUID, role: str, title: str, hashed: str, now: datetime
) -> None:
    person = add_person(work, login, name, now, email=f"{login}@snnmt.yenha.example")
    person.password_hash = hashed
    give_post(work, person.id, unit_id, role, title=title)
