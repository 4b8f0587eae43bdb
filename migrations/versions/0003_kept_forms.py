"""forms kept over a new sign-in

Revision: 0003
After: 0002
Made: 2026-11-23 19:12:00
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "kept_form",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=36), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("browser_hash", sa.LargeBinary(), nullable=False),
        sa.Column("page", sa.Text(), nullable=False),
        sa.Column("fields", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participant.id"],
            name=op.f("fk_kept_form_participant_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kept_form")),
        sa.UniqueConstraint("public_id", name=op.f("uq_kept_form_public_id")),
    )
    op.create_index(op.f("ix_kept_form_participant_id"), "kept_form", ["participant_id"])
    op.create_index(op.f("ix_kept_form_created_at"), "kept_form", ["created_at"])


def downgrade() -> None:
    """Go back."""
    op.drop_index(op.f("ix_kept_form_created_at"), table_name="kept_form")
    op.drop_index(op.f("ix_kept_form_participant_id"), table_name="kept_form")
    op.drop_table("kept_form")
