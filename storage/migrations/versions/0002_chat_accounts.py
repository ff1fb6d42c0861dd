"""Chat accounts: one-time codes, contacts people linked themselves, posts in rooms."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import storage.instants

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "invites",
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("person", sa.BigInteger(), nullable=False),
        sa.Column("channel", sa.Text(), server_default="", nullable=False),
        sa.Column("expires_at", storage.instants.Instant(), nullable=False),
        sa.Column("used_at", storage.instants.Instant(), nullable=True),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_invites")),
    )
    with op.batch_alter_table("invites", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_invites_person"), ["person"], unique=False)
    with op.batch_alter_table("contacts", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("own", sa.Boolean(), server_default=sa.false(), nullable=False)
        )
    for table in ("posts", "outbox"):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.add_column(sa.Column("room", sa.Text(), server_default="", nullable=False))
    with op.batch_alter_table("lanes", schema=None) as batch_op:
        batch_op.add_column(sa.Column("closed", sa.Text(), server_default="", nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("lanes", schema=None) as batch_op:
        batch_op.drop_column("closed")
    for table in ("outbox", "posts"):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_column("room")
    with op.batch_alter_table("contacts", schema=None) as batch_op:
        batch_op.drop_column("own")
    with op.batch_alter_table("invites", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_invites_person"))
    op.drop_table("invites")
