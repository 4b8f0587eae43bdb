"""docs/sign-in.md tells the truth: every test and setting it names exists, and no reason is left out."""

import re

import pytest

from portal.auth.cookies import Cookie
from portal.auth.guard import OPEN
from portal.auth.reasons import RefusalReason
from portal.resources import PACKAGE
from portal.settings import Settings
from tests.auth import table
from tests.auth.table import Row, in_document, rows

ROOT = PACKAGE.parent
TEXT = (ROOT / "docs" / "sign-in.md").read_text(encoding="utf-8")


def test_every_test_it_names_exists() -> None:
    found = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("test_*.py"))
    named = set(re.findall(r"`(test_[a-z_]+)`", TEXT)) - set(RefusalReason)
    assert len(named) > 30
    assert not [name for name in named if f"def {name}(" not in found]


def test_the_table_of_checks_is_the_one_of_today() -> None:
    """Making it also looks whether each test is there, and each code demanded in the file of a test beside it."""
    assert in_document(TEXT) == TEXT, "docs/sign-in.md is stale: python -m tests.auth.table"


def test_every_row_names_a_test() -> None:
    assert len(rows()) > 20
    assert not [row.what for row in rows() if not row.tests]


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (Row("a check", (), ("test_" + "nobody",)), "is not there"),
        (Row("a check", (RefusalReason.METHODS,), ("test_one_can_sign_in_at_every_step",)), "is not asked for"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_row_that_is_not_true_is_refused(row: Row, sentence: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "ROWS", (row,))
    with pytest.raises(AssertionError, match=sentence):
        rows()


def test_every_reason_stands_in_it() -> None:
    assert not [reason for reason in RefusalReason if f"`{reason}`" not in TEXT]


def test_every_setting_of_sign_in_stands_in_it() -> None:
    ours = [name for name in Settings.model_fields if name.startswith(("oidc_", "login_", "logout_"))]
    assert not [name for name in ours if f"`{name.upper()}`" not in TEXT]


def test_every_cookie_and_address_stands_in_it() -> None:
    assert not [cookie for cookie in Cookie if f"`__Host-{cookie}`" not in TEXT]
    assert len([name for name in OPEN if name.startswith("auth.")]) == len(
        set(re.findall(r"/logg-(?:inn|ut)[a-z/-]*|/bli\b", TEXT))
    )
