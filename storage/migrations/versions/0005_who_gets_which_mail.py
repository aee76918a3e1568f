"""Which mail a person wants, and when the morning's digests are made."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "digest_schedule",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("minute_of_day", sa.Integer(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_digest_schedule")),
    )
    op.add_column("person", sa.Column("mail_choice", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("person", "mail_choice")
    op.drop_table("digest_schedule")
