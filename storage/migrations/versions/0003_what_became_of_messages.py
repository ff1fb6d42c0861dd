"""What became of messages: delivered, opened, refused and why."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import storage.instants
from storage.tables import Serial

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

COUNTED = ["about", "view", "channel", "person", "delivered_at", "seen_at"]


def upgrade() -> None:
    with op.batch_alter_table("posts", schema=None) as batch_op:
        batch_op.add_column(sa.Column("delivered_at", storage.instants.Instant(), nullable=True))
        batch_op.add_column(sa.Column("seen_at", storage.instants.Instant(), nullable=True))
        batch_op.drop_index("ix_posts_about")
        batch_op.create_index("ix_posts_about", COUNTED, unique=False)
    op.create_table(
        "refusals",
        sa.Column("id", Serial, autoincrement=True, nullable=False),
        sa.Column("about", sa.Text(), server_default="", nullable=False),
        sa.Column("subject", sa.Text(), server_default="", nullable=False),
        sa.Column("person", sa.BigInteger(), nullable=False),
        sa.Column("channel", sa.Text(), server_default="", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("at", storage.instants.Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refusals")),
    )
    with op.batch_alter_table("refusals", schema=None) as batch_op:
        batch_op.create_index(
            "ix_refusals_about_channel", ["about", "channel", "why", "person"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("refusals", schema=None) as batch_op:
        batch_op.drop_index("ix_refusals_about_channel")
    op.drop_table("refusals")
    with op.batch_alter_table("posts", schema=None) as batch_op:
        batch_op.drop_index("ix_posts_about")
        batch_op.create_index("ix_posts_about", ["about"], unique=False)
        batch_op.drop_column("seen_at")
        batch_op.drop_column("delivered_at")
