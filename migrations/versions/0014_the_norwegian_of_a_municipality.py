"""the form of Norwegian that a municipality writes

Revision: 0014
After: 0013
Made: 2026-11-30 08:45:00
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

KNOWN = "ck_municipality_norwegian_known"
ALONE = (
    "SELECT count(*) FROM text_version AS told WHERE language = 'nn' AND NOT EXISTS"
    " (SELECT 1 FROM text_version WHERE text_version.text_id = told.text_id AND text_version.language = 'nb')"
)


def upgrade() -> None:
    """Go forward."""
    with op.batch_alter_table("municipality", schema=None) as batch_op:
        batch_op.add_column(sa.Column("norwegian", sa.String(length=2), nullable=False, server_default="nb"))
        batch_op.create_check_constraint(op.f(KNOWN), "norwegian IN ('nb', 'nn')")
    with op.batch_alter_table("municipality", schema=None) as batch_op:
        batch_op.alter_column("norwegian", server_default=None)


def downgrade() -> None:
    """Go back, but not where a text has no bokmål: its body is sealed as nynorsk, and no page before could show it."""
    if op.get_bind().scalar(sa.text(ALONE)):
        raise SystemExit("Texts are stored in nynorsk alone, which the version before this one cannot show.")
    with op.batch_alter_table("municipality", schema=None) as batch_op:
        batch_op.drop_constraint(op.f(KNOWN), type_="check")
        batch_op.drop_column("norwegian")
