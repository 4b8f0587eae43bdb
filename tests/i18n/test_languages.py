"""Which language a reader gets."""

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from portal.i18n.languages import BY_ID, LANGUAGES, match, negotiate

EVERY = (*BY_ID, "nn", "fa", "fa-AF", "ps", "kmr", "ckb", "so", "sw", "tr", "fr", "ru")


@pytest.mark.parametrize(
    ("tag", "meant"),
    [
        ("nb-NO", "nb"), ("no", "nb"), ("NO_no", "nb"), ("nn-NO", "nn"), ("en-US", "en"), ("uk-UA", "uk"),
        ("ar-SY", "ar"), ("apc", "ar"), ("ti-ER", "ti"), ("tir", "ti"), ("prs", "fa-AF"), ("fa-AF", "fa-AF"),
        ("fa_AF", "fa-AF"), ("fa-IR", "fa"), ("pes", "fa"), ("ps-AF", "ps"), ("pbt", "ps"), ("ku", "kmr"),
        ("ku-Arab", "ckb"), ("ku-IQ", "ckb"), ("kmr-TR", "kmr"), ("ckb", "ckb"), ("swc", "sw"), ("so-SO", "so"),
    ],
)  # fmt: skip
def test_a_tag_means_a_language(tag: str, meant: str) -> None:
    assert match(tag, EVERY) == meant


@pytest.mark.parametrize("tag", ["xx", "", "-", "de", "zh-Hant", "…", "a" * 500])
def test_an_unknown_tag_means_none(tag: str) -> None:
    assert match(tag, EVERY) is None


def test_nynorsk_reads_bokmal_until_it_is_shipped() -> None:
    assert match("nn") == "nb"
    assert match("nn", EVERY) == "nn"


@pytest.mark.parametrize(
    ("header", "meant"),
    [
        ("ti-ER,ar;q=0.5", "ti"), ("en-US,ar;q=0.9", "en"), ("de,ar;q=0.9,en;q=0.8", "ar"), ("nb;q=0,uk", "uk"),
        ("*", None), ("", None), ("en;q=0.5,uk;q=0.9", "uk"), ("en;q=x,uk;q=0.1", "uk"), (",,;;q=1", None),
        ("de-DE,de", None),
    ],
)  # fmt: skip
def test_a_browsers_wish(header: str, meant: str | None) -> None:
    assert negotiate(header) == meant


@given(st.text(max_size=300))
def test_no_header_fails(header: str) -> None:
    assert negotiate(header) in (*BY_ID, None)


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.id)
def test_each_row_of_the_registry_is_usable(language: object) -> None:
    row = BY_ID[language.id]  # type: ignore[attr-defined]
    assert Locale.parse(row.babel).text_direction == ("rtl" if row.direction == "rtl" else "ltr")
    assert "-" not in row.folder, "gettext looks for folders with an underscore"
    assert str(Locale.parse(row.folder)).startswith(row.folder), "a folder that Babel would look for elsewhere"
    assert match(row.id) == row.id
