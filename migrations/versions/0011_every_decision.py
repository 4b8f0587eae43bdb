"""decisions with effect, authority and what they replace; what a paid payment was before it changed

Revision: 0011
After: 0010
Made: 2026-11-30 03:10:00
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

AUTHORITY = "ck_decision_authority_known"
DEADLINE = "ck_decision_deadline_only_where_appealable"
EFFECT, REPLACES = "fk_decision_effect_text_id", "fk_decision_replaces_id"
#: Asked for only when all has been done, so that a participant's rows may go in any order.
WAITS = {"deferrable": True, "initially": "DEFERRED"}
FORBID_SQLITE = """
CREATE TRIGGER payment_change_is_appended BEFORE UPDATE ON payment_change
BEGIN SELECT RAISE(ABORT, 'payment_change is appended, never changed'); END
"""
FORBID_POSTGRESQL = """
CREATE TRIGGER payment_change_is_appended BEFORE UPDATE ON payment_change FOR EACH ROW EXECUTE FUNCTION refuse_change()
"""


def upgrade() -> None:
    """Go forward."""
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.add_column(sa.Column("effect_text_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("effective_from", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("authority", sa.String(length=15), nullable=False, server_default="municipality"))
        batch_op.add_column(sa.Column("appealable", sa.Boolean(), nullable=False, server_default=sa.true()))
        batch_op.add_column(sa.Column("replaces_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(op.f(EFFECT), "text", ["effect_text_id"], ["id"], **WAITS)
        batch_op.create_foreign_key(op.f(REPLACES), "decision", ["replaces_id"], ["id"], **WAITS)
        batch_op.create_index(batch_op.f("ix_decision_effect_text_id"), ["effect_text_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_decision_replaces_id"), ["replaces_id"], unique=False)
        batch_op.create_check_constraint(op.f(AUTHORITY), "authority IN ('municipality', 'county_governor')")
        batch_op.create_check_constraint(
            op.f(DEADLINE), "appeal_by IS NULL OR (appealable AND authority = 'municipality')"
        )
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.alter_column("authority", existing_type=sa.String(length=15), server_default=None)
        batch_op.alter_column("appealable", existing_type=sa.Boolean(), server_default=None)
    op.create_table(
        "payment_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("payment_id", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=False),
        sa.Column("before_tax", sa.Integer(), nullable=False),
        sa.Column("lines", sa.JSON(), nullable=False),
        sa.CheckConstraint("before_tax >= 0", name=op.f("ck_payment_change_never_below_zero")),
        sa.ForeignKeyConstraint(
            ["payment_id"], ["payment.id"], name=op.f("fk_payment_change_payment_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment_change")),
    )
    with op.batch_alter_table("payment_change", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_payment_change_payment_id"), ["payment_id"], unique=False)
    op.execute(FORBID_SQLITE if op.get_bind().dialect.name == "sqlite" else FORBID_POSTGRESQL)


def downgrade() -> None:
    """Go back. What payments were before goes, and with it what a decision does and who took it."""
    with op.batch_alter_table("payment_change", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_payment_change_payment_id"))
    op.drop_table("payment_change")
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.drop_constraint(op.f(DEADLINE), type_="check")
        batch_op.drop_constraint(op.f(AUTHORITY), type_="check")
        batch_op.drop_index(batch_op.f("ix_decision_replaces_id"))
        batch_op.drop_index(batch_op.f("ix_decision_effect_text_id"))
        batch_op.drop_constraint(op.f(REPLACES), type_="foreignkey")
        batch_op.drop_constraint(op.f(EFFECT), type_="foreignkey")
        for column in ("replaces_id", "appealable", "authority", "effective_from", "effect_text_id"):
            batch_op.drop_column(column)
