"""asking for translations

Revision: 0005
After: 0004
Made: 2026-11-23 21:00:00
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

KINDS = (
    "leave_sent", "leave_withdrawn", "question_asked", "language_chosen", "absence_contested", "contest_withdrawn",
)  # fmt: skip
MORE_KINDS = (*KINDS, "translation_asked")


def know(kinds: Sequence[str]) -> None:
    """Let the database know these kinds of outgoing events, and no other."""
    name = op.f("ck_outgoing_event_kind_known")
    with op.batch_alter_table("outgoing_event", schema=None) as batch_op:
        batch_op.drop_constraint(name, type_="check")
        batch_op.create_check_constraint(name, "kind IN ({})".format(", ".join(f"'{kind}'" for kind in kinds)))


def upgrade() -> None:
    """Go forward."""
    know(MORE_KINDS)
    op.create_table(
        "translation_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("text_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participant.id"],
            name=op.f("fk_translation_request_participant_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["text_id"], ["text.id"], name=op.f("fk_translation_request_text_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_translation_request")),
        sa.UniqueConstraint(
            "text_id", "language", "digest", name=op.f("uq_translation_request_text_id_language_digest")
        ),
    )
    op.create_index(op.f("ix_translation_request_participant_id"), "translation_request", ["participant_id"])
    op.create_index(op.f("ix_translation_request_text_id"), "translation_request", ["text_id"])


def downgrade() -> None:
    """Go back."""
    op.execute("DELETE FROM outgoing_event WHERE kind = 'translation_asked'")
    op.drop_index(op.f("ix_translation_request_text_id"), table_name="translation_request")
    op.drop_index(op.f("ix_translation_request_participant_id"), table_name="translation_request")
    op.drop_table("translation_request")
    know(KINDS)
