"""The board: links that sign people in, and the sessions they open."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import storage.instants

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "signins",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("person", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", storage.instants.Instant(), nullable=False),
        sa.Column("used_at", storage.instants.Instant(), nullable=True),
        sa.Column("link_rev", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signins")),
    )
    with op.batch_alter_table("signins", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_signins_person"), ["person"], unique=False)
        batch_op.create_index(batch_op.f("ix_signins_expires_at"), ["expires_at"], unique=False)
    op.create_table(
        "sessions",
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("person", sa.BigInteger(), nullable=False),
        sa.Column("link_rev", sa.Integer(), nullable=False),
        sa.Column("opened_at", storage.instants.Instant(), nullable=False),
        sa.Column("used_at", storage.instants.Instant(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_sessions")),
    )
    with op.batch_alter_table("sessions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sessions_person"), ["person"], unique=False)
        batch_op.create_index(batch_op.f("ix_sessions_opened_at"), ["opened_at"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("sessions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sessions_opened_at"))
        batch_op.drop_index(batch_op.f("ix_sessions_person"))
    op.drop_table("sessions")
    with op.batch_alter_table("signins", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_signins_expires_at"))
        batch_op.drop_index(batch_op.f("ix_signins_person"))
    op.drop_table("signins")
