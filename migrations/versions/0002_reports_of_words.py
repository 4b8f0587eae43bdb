"""reports of wrong words are an event of their own

Revision: 0002
After: 0001
Made: 2026-11-30 16:20:00
"""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

KNOWN = (
    "leave_sent", "leave_withdrawn", "question_asked", "language_chosen", "absence_contested", "contest_withdrawn",
    "translation_asked",
)  # fmt: skip


def upgrade() -> None:
    """Let the new kind in."""
    _known((*KNOWN, "words_reported"))


def downgrade() -> None:
    """Without the new kind, and without its events."""
    op.execute("DELETE FROM outgoing_event WHERE kind = 'words_reported'")
    _known(KNOWN)


def _known(kinds: tuple[str, ...]) -> None:
    name = op.f("ck_outgoing_event_kind_known")
    with op.batch_alter_table("outgoing_event") as table:
        table.drop_constraint(name, type_="check")
        table.create_check_constraint(name, f"kind IN {kinds!r}")
