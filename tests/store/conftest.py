"""A portal whose newest migration has only just come: databases of before it, and the way over it."""

import shutil
from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import text

from portal.resources import folder
from portal.store import migrate
from portal.store.db import Store

#: Brings rules that the tables have, as if the migrations before it had known nothing of them.
LATER = """
from alembic import op
from sqlmodel import SQLModel

revision, down_revision = "later", "{before}"
branch_labels = depends_on = None

RULES = {{
    "leave_request": "ck_leave_request_granted_has_dates",
    "participant": "ck_participant_ended_has_reason",
    "payment": "ck_payment_month_of_a_year",
}}


def upgrade():
    for table, name in RULES.items():
        (rule,) = (known for known in SQLModel.metadata.tables[table].constraints if known.name == name)
        with op.batch_alter_table(table) as batch:
            batch.create_check_constraint(op.f(name), rule.sqltext)


def downgrade():
    for table, name in RULES.items():
        with op.batch_alter_table(table) as batch:
            batch.drop_constraint(op.f(name), type_="check")
"""


#: Leaves a text of nobody, which SQLite takes as long as it does not look at foreign keys.
ORPHANING = """
from alembic import op

revision, down_revision = "orphaning", "{before}"
branch_labels = depends_on = None


def upgrade():
    op.execute("INSERT INTO text (public_id, participant_id) VALUES ('of nobody', 1)")
"""


@pytest.fixture
def one_more(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[str], str]]:
    """`one_more(LATER)`: the portal has this migration too; gives the revision that was the newest before."""
    migrations = tmp_path_factory.mktemp("later") / "migrations"
    newest = str(migrate.newest())

    def come(source: str) -> str:
        shutil.copytree(folder("migrations"), migrations, ignore=shutil.ignore_patterns("__pycache__"))
        (migrations / "versions" / "later.py").write_text(source.format(before=newest))
        monkeypatch.setattr(migrate, "folder", lambda _name: migrations)
        migrate.newest.cache_clear()
        return newest

    yield come
    monkeypatch.undo()
    migrate.newest.cache_clear()


@pytest.fixture
def before(one_more: Callable[[str], str]) -> str:
    """The newest revision of a portal before one more has come, `later`, which makes some tables stricter."""
    return one_more(LATER)


def stand_at(store: Store, revision: str) -> None:
    """Say of a database that it stands at this revision; nothing else of it is changed."""
    with store.engine.execution_options(writes=True).begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :r"), {"r": revision})
