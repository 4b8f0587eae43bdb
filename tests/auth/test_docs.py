"""docs/sign-in.md tells the truth: every test and setting it names exists, and no reason is left out."""

import re

from portal.auth.cookies import Cookie
from portal.auth.guard import OPEN
from portal.auth.reasons import Reason
from portal.resources import PACKAGE
from portal.settings import Settings

ROOT = PACKAGE.parent
TEXT = (ROOT / "docs" / "sign-in.md").read_text(encoding="utf-8")


def test_every_test_it_names_exists() -> None:
    found = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests").glob("*/test_*.py"))
    named = set(re.findall(r"`(test_[a-z_]+)`", TEXT)) - set(Reason)
    assert len(named) > 30
    assert not [name for name in named if f"def {name}(" not in found]


def test_every_row_names_a_test_that_asks_for_its_reasons() -> None:
    """A code stands beside a test, in whose file the code itself is demanded."""
    files = [path.read_text(encoding="utf-8") for path in (ROOT / "tests" / "auth").glob("test_*.py")]
    rows = [line.strip("| ").split("|") for line in TEXT.splitlines() if line.startswith("| ") and "`test_" in line]
    assert len(rows) > 20
    for what, codes, tests in rows:
        named = re.findall(r"`(test_[a-z_]+)`", tests)
        assert named, what
        beside = "".join(text for text in files if any(f"def {name}(" in text for name in named))
        for code in re.findall(r"`([a-z_]+)`", codes):
            assert f"Reason.{Reason(code).name}" in beside, f"{code} is not asked for beside {named}"


def test_every_reason_stands_in_it() -> None:
    assert not [reason for reason in Reason if f"`{reason}`" not in TEXT]


def test_every_setting_of_sign_in_stands_in_it() -> None:
    ours = [name for name in Settings.model_fields if name.startswith(("oidc_", "login_", "logout_"))]
    assert not [name for name in ours if f"`{name.upper()}`" not in TEXT]


def test_every_cookie_and_address_stands_in_it() -> None:
    assert not [cookie for cookie in Cookie if f"`__Host-{cookie}`" not in TEXT]
    assert len([name for name in OPEN if name.startswith("auth.")]) == len(
        set(re.findall(r"/logg-(?:inn|ut)[a-z/-]*", TEXT))
    )
