"""What a database knows of the installation it belongs to: one row."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from portal.tables.columns import check


class Installation(SQLModel, table=True):
    """`key_check` is a known word, sealed: whoever cannot open it has another key. `written_at` proves that a row can
    be written, now and then.
    """

    id: int | None = Field(default=1, primary_key=True)
    key_check: bytes
    written_at: datetime | None = None

    __table_args__ = (check("one_row", "id = 1"),)
