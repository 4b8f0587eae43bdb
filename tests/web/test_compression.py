"""Pages are compressed whatever their status, in a way that the browser has asked for."""

import gzip

import brotli
import pytest

from portal.web.compression import method
from tests.strict import StrictClient

pytestmark = pytest.mark.one_database


@pytest.mark.parametrize(
    ("accepted", "expected"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip, br;q=0.5", "gzip"),
        ("gzip, br;q=0", "gzip"),
        ("*", "br"),
        ("gzip;q=0.001", "gzip"),
        ("deflate, zstd", None),
        ("identity", None),
        ("br;q=x, ;;", None),
        ("", None),
    ],
)
def test_the_browser_chooses(accepted: str, expected: str | None) -> None:
    assert method(accepted) == expected


@pytest.mark.parametrize(("path", "status"), [("/", 200), ("/finnes-ikke", 404)])
def test_a_page_is_the_same_however_it_is_sent(client: StrictClient, path: str, status: int) -> None:
    plain = client.get(path, headers={"Accept-Encoding": "identity"})
    small = client.get(path, headers={"Accept-Encoding": "br"})
    smaller = client.get(path, headers={"Accept-Encoding": "gzip"})
    assert plain.status_code == small.status_code == smaller.status_code == status
    assert "Content-Encoding" not in plain.headers
    assert (small.headers["Content-Encoding"], smaller.headers["Content-Encoding"]) == ("br", "gzip")
    assert _words(brotli.decompress(small.data)) == _words(gzip.decompress(smaller.data)) == _words(plain.data)
    assert int(small.headers["Content-Length"]) == len(small.data) < len(plain.data) / 2


def test_a_file_is_not_compressed_twice(client: StrictClient) -> None:
    page = client.get("/").get_data(as_text=True)
    style = page.split('<link rel="stylesheet" href="')[1].split('"')[0]
    with client.get(style, headers={"Accept-Encoding": "br"}) as answer:
        assert brotli.decompress(answer.data)


def _words(page: bytes) -> bytes:
    """The page without what is new in each answer."""
    return page.partition(b"<h1")[2].partition(b"csrf_token")[0]
