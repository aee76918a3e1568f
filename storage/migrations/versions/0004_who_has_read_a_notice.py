"""A notice to a role is read by each of its holders, not by the first for all."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import storage.tables.base

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

INSTANT = storage.tables.base.Instant(timezone=True)
NOTICE = sa.table(
    "notice",
    sa.column("id", sa.Uuid()),
    sa.column("person_id", sa.Uuid()),
    sa.column("candidate_key", sa.Text()),
    sa.column("read_at", INSTANT),
)
POST = sa.table(
    "post", sa.column("person_id", sa.Uuid()), sa.column("unit_id", sa.Uuid()), sa.column("role", sa.Text())
)


def upgrade() -> None:
    reading = op.create_table(
        "notice_reading",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("notice_id", sa.Uuid(), nullable=False),
        sa.Column("read_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["notice_id"], ["notice.id"], name=op.f("fk_notice_reading_notice_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", "notice_id", name=op.f("pk_notice_reading")),
    )
    connection = op.get_bind()
    holders: dict[str, set[object]] = {}
    for person_id, unit_id, role in connection.execute(sa.select(POST.c.person_id, POST.c.unit_id, POST.c.role)):
        holders.setdefault(f"{unit_id.hex}:{role}", set()).add(person_id)
    readings = [
        {"person_id": reader, "notice_id": notice_id, "read_at": read_at}
        for notice_id, person_id, key, read_at in connection.execute(
            sa.select(NOTICE.c.id, NOTICE.c.person_id, NOTICE.c.candidate_key, NOTICE.c.read_at).where(
                NOTICE.c.read_at.is_not(None)
            )
        )
        for reader in ({person_id} if person_id else set()) | holders.get(key or "", set())
    ]
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.drop_column("read_at")
    if readings:  # last: SQLite makes the altered table anew, and the fall of the old one takes its readings
        connection.execute(sa.insert(reading), readings)


def downgrade() -> None:
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.add_column(sa.Column("read_at", INSTANT, nullable=True))
    op.drop_table("notice_reading")
