"""answers that agree with themselves, months and hours that can be read

No row that came in through the portal or its import breaks these rules: both have always refused what they forbid.
Where somebody wrote past them, the database names the rule that is broken and the migration is undone whole.

Revision: 0006
After: 0005
Made: 2026-11-24 02:50:00
"""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

ANSWERED = "('granted', 'partly_granted', 'refused')"
WAITING = "ck_leave_request_waiting_is_undecided"
DECIDED = "ck_leave_request_decided_has_decision"
NEW = {
    "ck_leave_request_only_an_answer_is_decided": f"(status IN {ANSWERED}) = (decided_at IS NOT NULL)",
    "ck_leave_request_report_is_not_decided": f"form <> 'report' OR status NOT IN {ANSWERED}",
    "ck_leave_request_granted_has_dates": ("(status IN ('granted', 'partly_granted')) = (granted_from IS NOT NULL)"),
}
MONTH = (
    "trim(month, '0123456789') = '-' AND substr(month, 1, 2) IN ('19', '20') AND substr(month, 5) IN"
    " ('-01', '-02', '-03', '-04', '-05', '-06', '-07', '-08', '-09', '-10', '-11', '-12')"
)
NUMBER = "hours = '-0' OR (hours <> '' AND trim(hours, '.') = hours AND trim(hours, '0123456789') IN ('', '.'))"


def upgrade() -> None:
    """Go forward."""
    with op.batch_alter_table("leave_request", schema=None) as batch_op:
        batch_op.drop_constraint(op.f(WAITING), type_="check")
        batch_op.drop_constraint(op.f(DECIDED), type_="check")
        batch_op.create_check_constraint(op.f(DECIDED), "(decided_at IS NULL) = (decision_id IS NULL)")
        for name, rule in NEW.items():
            batch_op.create_check_constraint(op.f(name), rule)
    with op.batch_alter_table("payment", schema=None) as batch_op:
        batch_op.create_check_constraint(op.f("ck_payment_month_of_a_year"), MONTH)
    with op.batch_alter_table("training_hours", schema=None) as batch_op:
        batch_op.create_check_constraint(op.f("ck_training_hours_hours_are_a_number"), NUMBER)


def downgrade() -> None:
    """Go back."""
    with op.batch_alter_table("training_hours", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_training_hours_hours_are_a_number"), type_="check")
    with op.batch_alter_table("payment", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_payment_month_of_a_year"), type_="check")
    with op.batch_alter_table("leave_request", schema=None) as batch_op:
        for name in NEW:
            batch_op.drop_constraint(op.f(name), type_="check")
        batch_op.drop_constraint(op.f(DECIDED), type_="check")
        batch_op.create_check_constraint(op.f(DECIDED), "(decided_at IS NULL) OR decision_id IS NOT NULL")
        batch_op.create_check_constraint(
            op.f(WAITING),
            "status = 'withdrawn' OR (status IN ('sent', 'received', 'more_information')) = (decided_at IS NULL)",
        )
