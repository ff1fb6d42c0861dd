"""People who call: whom, in whose hand, and whose number may be shown."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import storage.instants

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "calls",
        sa.Column("ask", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), server_default="", nullable=False),
        sa.Column("pool", sa.Text(), server_default="", nullable=False),
        sa.Column("caller", sa.BigInteger(), nullable=True),
        sa.Column("handout", sa.Text(), server_default="", nullable=False),
        sa.Column("turn", sa.Integer(), server_default="0", nullable=False),
        sa.Column("ready_at", storage.instants.Instant(), nullable=False),
        sa.PrimaryKeyConstraint("ask", name=op.f("pk_calls")),
    )
    with op.batch_alter_table("calls", schema=None) as batch_op:
        batch_op.create_index(
            "ix_calls_about_pool",
            ["about", "pool", "ready_at"],
            unique=False,
            sqlite_where=sa.text("caller IS NULL"),
            postgresql_where=sa.text("caller IS NULL"),
        )
        batch_op.create_index(
            "ix_calls_caller",
            ["caller"],
            unique=False,
            sqlite_where=sa.text("caller IS NOT NULL"),
            postgresql_where=sa.text("caller IS NOT NULL"),
        )
        batch_op.create_index("ix_calls_handout", ["handout"], unique=False)
    with op.batch_alter_table("contacts", schema=None) as batch_op:
        batch_op.add_column(sa.Column("shown", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("wrong_at", storage.instants.Instant(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("contacts", schema=None) as batch_op:
        batch_op.drop_column("wrong_at")
        batch_op.drop_column("shown")
    op.drop_table("calls")
