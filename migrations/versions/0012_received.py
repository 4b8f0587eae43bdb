"""what was received last, by source, of each participant; what an import changed, in the access log

Every participant begins with the time of the newest document of their municipality, as it was for all together before.

Revision: 0012
After: 0011
Made: 2026-11-30 03:55:00
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

ONE = "ix_received_one_of_municipality"
OF_MUNICIPALITY = sa.text("participant_id IS NULL")
KNOWN = "FROM municipality WHERE document_issued_at IS NOT NULL"
KNOWN_OF_PARTICIPANTS = (
    "FROM participant JOIN municipality ON municipality.id = participant.municipality_id"
    " WHERE municipality.document_issued_at IS NOT NULL"
)
NEWEST = (
    "UPDATE municipality SET document_issued_at = (SELECT max(received.issued_at) FROM received"
    " WHERE received.municipality_id = municipality.id AND received.participant_id IS NULL)"
)


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "received",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_received_municipality_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participant.id"], name=op.f("fk_received_participant_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_received")),
        sa.UniqueConstraint("participant_id", "source", name=op.f("uq_received_participant_id_source")),
    )
    op.create_index(op.f("ix_received_municipality_id"), "received", ["municipality_id"])
    op.create_index(op.f("ix_received_participant_id"), "received", ["participant_id"])
    op.create_index(
        ONE,
        "received",
        ["municipality_id", "source"],
        unique=True,
        sqlite_where=OF_MUNICIPALITY,
        postgresql_where=OF_MUNICIPALITY,
    )
    columns = "INSERT INTO received (municipality_id, participant_id, source, issued_at)"
    op.execute(f"{columns} SELECT id, NULL, '', document_issued_at {KNOWN}")
    op.execute(f"{columns} SELECT municipality.id, participant.id, '', document_issued_at {KNOWN_OF_PARTICIPANTS}")
    with op.batch_alter_table("municipality", schema=None) as batch_op:
        batch_op.drop_column("document_issued_at")
    with op.batch_alter_table("access_log", schema=None) as batch_op:
        batch_op.add_column(sa.Column("updated", sa.JSON(), nullable=False, server_default="[]"))
    with op.batch_alter_table("access_log", schema=None) as batch_op:
        batch_op.alter_column("updated", server_default=None)


def downgrade() -> None:
    """Go back."""
    with op.batch_alter_table("access_log", schema=None) as batch_op:
        batch_op.drop_column("updated")
    with op.batch_alter_table("municipality", schema=None) as batch_op:
        batch_op.add_column(sa.Column("document_issued_at", sa.DateTime(timezone=True), nullable=True))
    op.execute(NEWEST)
    op.drop_index(ONE, table_name="received")
    op.drop_index(op.f("ix_received_participant_id"), table_name="received")
    op.drop_index(op.f("ix_received_municipality_id"), table_name="received")
    op.drop_table("received")
