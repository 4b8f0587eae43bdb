"""What is sent too much of, and where the portal is said to stand."""

from collections.abc import Callable

import pytest

from portal.commands import server_arguments
from portal.web.limits import FIELDS
from tests.strict import StrictClient

pytestmark = pytest.mark.one_database

FORM = "application/x-www-form-urlencoded"


def test_plain_fields_are_not_read_where_they_are_too_many(client: StrictClient) -> None:
    for path in ("/sprak", "/meg", "/logg-ut/bakkanal"):
        assert client.post(path, data=b"a&" * (FIELDS // 2 + 1), content_type=FORM).status_code == 413
        assert client.post(path, data=b"a" * FIELDS, content_type=FORM).status_code == 400


def test_no_request_says_where_the_portal_stands(signed_in: Callable[..., StrictClient]) -> None:
    elsewhere = {"SCRIPT_NAME": "//evil.example"}
    for client in (signed_in("amal", language="ar"), signed_in("bilal", language="ar")):
        for page in ("/", "/meg", "/?vis=to"):
            assert "evil.example" not in client.get(page, environ_overrides=elsewhere).get_data(as_text=True)
            assert "evil.example" not in client.get(page).get_data(as_text=True)


def test_the_server_takes_no_header_for_where_the_portal_stands() -> None:
    arguments = server_arguments("127.0.0.1:0", 1)
    assert arguments[arguments.index("--forwarder-headers") + 1] == ""


def test_what_is_too_large_is_refused_in_the_language_of_the_reader(signed_in: Callable[..., StrictClient]) -> None:
    for kind in (FORM, "multipart/form-data; boundary=x"):
        refused = signed_in("amal", language="ar").post("/meg", data=b"a" * 10_000_001, content_type=kind)
        assert refused.status_code == 413
        assert '<html lang="ar"' in refused.get_data(as_text=True)


@pytest.mark.parametrize(
    ("kind", "said"),
    [(FORM, "Teksten er for lang. Skriv litt kortere."), ("multipart/form-data; boundary=x", "Filen er for stor")],
)
def test_what_was_too_large_is_called_what_it_was(signed_in: Callable[..., StrictClient], kind: str, said: str) -> None:
    refused = signed_in("amal").post("/meg", data=b"a" * 10_000_001, content_type=kind)
    assert said in refused.get_data(as_text=True)
