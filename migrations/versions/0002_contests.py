"""contests of registered absences

Revision: 0002
After: 0001
Made: 2026-11-23 19:05:00
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

KINDS = ("leave_sent", "leave_withdrawn", "question_asked", "language_chosen")
MORE_KINDS = (*KINDS, "absence_contested", "contest_withdrawn")
WAITING = sa.text("status IN ('sent', 'received')")


def know(kinds: Sequence[str]) -> None:
    """Let the database know these kinds of outgoing events, and no other."""
    name = op.f("ck_outgoing_event_kind_known")
    column = sa.String(length=max(len(kind) for kind in kinds))
    with op.batch_alter_table("outgoing_event", schema=None) as batch_op:
        batch_op.drop_constraint(name, type_="check")
        batch_op.alter_column("kind", existing_type=sa.String(), type_=column, existing_nullable=False)
        batch_op.create_check_constraint(name, "kind IN ({})".format(", ".join(f"'{kind}'" for kind in kinds)))


def upgrade() -> None:
    """Go forward."""
    know(MORE_KINDS)
    op.create_table(
        "absence_contest",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=36), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("absence_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.Column("has_paper", sa.Boolean(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("status", sa.String(length=9), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("answer_text_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(status IN ('corrected', 'stands')) = (answered_on IS NOT NULL)",
            name=op.f("ck_absence_contest_answer_has_day"),
        ),
        sa.CheckConstraint(
            "answer_text_id IS NULL OR answered_on IS NOT NULL", name=op.f("ck_absence_contest_only_an_answer_has_text")
        ),
        sa.CheckConstraint(
            "status <> 'stands' OR answer_text_id IS NOT NULL", name=op.f("ck_absence_contest_what_stands_has_reasons")
        ),
        sa.CheckConstraint(
            "status IN ('sent', 'received', 'corrected', 'stands', 'withdrawn')",
            name=op.f("ck_absence_contest_status_known"),
        ),
        sa.ForeignKeyConstraint(["answer_text_id"], ["text.id"], name=op.f("fk_absence_contest_answer_text_id")),
        sa.ForeignKeyConstraint(
            ["absence_id"], ["absence.id"], name=op.f("fk_absence_contest_absence_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participant.id"], name=op.f("fk_absence_contest_participant_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absence_contest")),
        sa.UniqueConstraint("public_id", name=op.f("uq_absence_contest_public_id")),
    )
    with op.batch_alter_table("absence_contest", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_absence_contest_absence_id"), ["absence_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_absence_contest_participant_id"), ["participant_id"], unique=False)
        batch_op.create_index(
            "ix_absence_contest_one_waits", ["absence_id"], unique=True, sqlite_where=WAITING, postgresql_where=WAITING
        )


def downgrade() -> None:
    """Go back. Contests go, and with them what was to be told of them."""
    with op.batch_alter_table("absence_contest", schema=None) as batch_op:
        batch_op.drop_index("ix_absence_contest_one_waits")
        batch_op.drop_index(batch_op.f("ix_absence_contest_participant_id"))
        batch_op.drop_index(batch_op.f("ix_absence_contest_absence_id"))

    op.drop_table("absence_contest")
    op.execute("DELETE FROM outgoing_event WHERE kind IN ('absence_contested', 'contest_withdrawn')")
    know(KINDS)
