"""an index on every foreign key, on sign-in and on waiting events; a participant's rows go in any order

Revision: 0007
After: 0006
Made: 2026-11-30 03:05:00
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

INDEXED = {
    "absence_contest": ["answer_text_id"],
    "decision": ["reasons_text_id"],
    "leave_request": ["decision_id"],
    "participant": ["adviser_id", "pid_index"],
    "payment": ["decision_id"],
    "payment_line": ["absence_id"],
    "plan": ["change_text_id", "goal_text_id", "long_term_goal_text_id", "reasons_text_id"],
    "plan_element": ["reasons_text_id"],
    "question": ["answer_text_id"],
}
#: Asked for only at the end of a transaction from now on.
POINTERS = {
    "absence_contest": {"answer_text_id": "text"},
    "decision": {"reasons_text_id": "text"},
    "leave_request": {"decision_id": "decision"},
    "payment": {"decision_id": "decision"},
    "plan": {
        "change_text_id": "text",
        "goal_text_id": "text",
        "long_term_goal_text_id": "text",
        "reasons_text_id": "text",
    },
    "plan_element": {"reasons_text_id": "text"},
    "question": {"answer_text_id": "text"},
}
WAITS = "ix_outgoing_event_waits"
WAITING = sa.text("acknowledged_at IS NULL")


def upgrade() -> None:
    """Go forward."""
    _point(deferrable=True, initially="DEFERRED")
    for table, columns in INDEXED.items():
        for column in columns:
            op.create_index(op.f(f"ix_{table}_{column}"), table, [column])
    op.create_index(WAITS, "outgoing_event", ["id"], sqlite_where=WAITING, postgresql_where=WAITING)


def downgrade() -> None:
    """Go back."""
    op.drop_index(WAITS, table_name="outgoing_event")
    for table, columns in INDEXED.items():
        for column in columns:
            op.drop_index(op.f(f"ix_{table}_{column}"), table_name=table)
    _point()


def _point(**options: bool | str) -> None:
    """Make the foreign keys of `POINTERS` anew with these options."""
    for table, columns in POINTERS.items():
        with op.batch_alter_table(table, schema=None) as batch_op:
            for column, other in columns.items():
                name = op.f(f"fk_{table}_{column}")
                batch_op.drop_constraint(name, type_="foreignkey")
                batch_op.create_foreign_key(name, other, [column], ["id"], **options)
