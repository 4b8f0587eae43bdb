"""The page of a sign-in that did not work: it can be read in another language, and holds nothing of the attempt."""

import re

import pytest

from portal.auth.reasons import RefusalReason
from tests.auth.harness import PLAIN, Browser, Op, query_of, reason

CHOOSER = re.compile(r'<input type="hidden" name="next" value="([^"]*)">')


@pytest.mark.parametrize("says_where_it_was", [True, False])
def test_another_language_shows_the_same_failure(visitor: Browser, says_where_it_was: bool) -> None:
    cancelled = f"/logg-inn/tilbake?error=access_denied&state={query_of_state(visitor)}&iss={visitor.op.issuer}"
    failed = visitor.get(cancelled)
    assert (failed.status_code, reason(failed)) == (200, RefusalReason.CANCELLED)
    came_from = {"Referer": f"{PLAIN}{cancelled}" if says_where_it_was else ""}
    (back_to,) = set(CHOOSER.findall(failed.text))
    chosen = visitor.post("/sprak", data={"sprak": "en", "next": back_to.replace("&amp;", "&")}, headers=came_from)
    assert chosen.location == "/logg-inn/feil?kode=cancelled&next=%2Fplan"
    english = visitor.get(chosen.location)
    assert (english.status_code, '<html lang="en"' in english.text) == (200, True)
    assert "cancelled" in english.text
    assert 'href="/logg-inn/start?next=/plan"' in english.text, "and one can try again from there"
    assert "state_unknown" in visitor.get(cancelled).text, "the address itself is used up"


def query_of_state(visitor: Browser) -> str:
    """The state of a sign-in that began on the way to the plan."""
    return query_of(visitor.at_idporten(visitor.start(next="/plan")))["state"]


def test_neither_code_nor_state_stands_in_the_page(visitor: Browser, op: Op) -> None:
    op.fault("nonce_wrong")
    address = visitor.at_idporten(visitor.start())
    failed = visitor.back(address)
    assert reason(failed) is RefusalReason.NONCE
    for name in ("code", "state"):
        assert query_of(address)[name] not in failed.text


def test_the_page_has_the_status_of_its_reason_and_knows_no_other(visitor: Browser) -> None:
    assert visitor.get("/logg-inn/feil?kode=keys_unavailable").status_code == 503
    assert visitor.get("/logg-inn/feil?kode=level").status_code == 400
    for unknown in ("", "?kode=", "?kode=tull", "?kode=%3Cb%3E"):
        assert visitor.get(f"/logg-inn/feil{unknown}").status_code == 404
    away = visitor.get("/logg-inn/feil?kode=level&next=//evil.example")
    assert "evil.example" not in away.text
