"""What a person has done or handed on, found by who closed or delegated a task."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

OPEN_AND_DELEGATED = "closed_at IS NULL AND delegated_by IS NOT NULL"


def upgrade() -> None:
    with op.batch_alter_table("user_task", schema=None) as batch_op:
        batch_op.create_index("ix_user_task_closer", ["closed_by", "closed_at", "id"], unique=False)
        batch_op.create_index(
            "ix_user_task_unit_open",
            ["unit_id", "due_at", "id"],
            unique=False,
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        )
        batch_op.create_index(
            "ix_user_task_delegated",
            ["delegated_by"],
            unique=False,
            sqlite_where=sa.text(OPEN_AND_DELEGATED),
            postgresql_where=sa.text(OPEN_AND_DELEGATED),
        )


def downgrade() -> None:
    with op.batch_alter_table("user_task", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_user_task_delegated",
            sqlite_where=sa.text(OPEN_AND_DELEGATED),
            postgresql_where=sa.text(OPEN_AND_DELEGATED),
        )
        batch_op.drop_index(
            "ix_user_task_unit_open",
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        )
        batch_op.drop_index("ix_user_task_closer")
