"""logins belong to a number; what is noted of them waits for the access log; those of before have ended

Revision: 0010
After: 0009
Made: 2026-11-30 03:30:00
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

KEPT = ("login", "sign_in_attempt", "kept_form", "seen_logout_token")


def upgrade() -> None:
    """Go forward."""
    _empty()
    with op.batch_alter_table("login", schema=None) as batch_op:
        batch_op.add_column(sa.Column("pid_index", sa.LargeBinary(), nullable=False))
    op.create_table(
        "login_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("pid_index", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(length=12), nullable=False),
        sa.Column("access", sa.String(length=10), nullable=False),
        sa.CheckConstraint("actor IN ('participant', 'municipality')", name=op.f("ck_login_note_actor_known")),
        sa.CheckConstraint(
            "access IN ('signed_in', 'signed_out', 'imported', 'exported')", name=op.f("ck_login_note_access_known")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_login_note")),
    )


def downgrade() -> None:
    """Go back."""
    _empty()
    op.drop_table("login_note")
    with op.batch_alter_table("login", schema=None) as batch_op:
        batch_op.drop_column("pid_index")


def _empty() -> None:
    """Everybody signs in again: nothing here lives longer than some hours."""
    for table in KEPT:
        op.execute(f"DELETE FROM {table}")  # noqa: S608  # our own names
