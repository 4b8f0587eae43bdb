"""Which language a reader gets."""

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from portal.i18n.languages import BY_ID, LANGUAGES, match, negotiate

NEVER_INSTEAD = (("uk", "ru"), ("kmr", "ckb"), ("ckb", "kmr"), ("fa-AF", "fa"), ("ti", "am"))


@pytest.mark.parametrize(
    ("tag", "meant"),
    [
        ("nb-NO", "nb"), ("no", "nb"), ("NO_no", "nb"), ("nn-NO", "nn"), ("en-US", "en"), ("uk-UA", "uk"),
        ("ar-SY", "ar"), ("apc", "ar"), ("ti-ER", "ti"), ("tir", "ti"), ("prs", "fa-AF"), ("fa-AF", "fa-AF"),
        ("fa_AF", "fa-AF"), ("fa-IR", "fa"), ("pes", "fa"), ("ps-AF", "ps"), ("pbt", "ps"), ("ku", "kmr"),
        ("ku-Arab", "ckb"), ("ku-IQ", "ckb"), ("kmr-TR", "kmr"), ("ckb", "ckb"), ("swc", "sw"), ("so-SO", "so"),
        ("ku-Latn-IQ", "kmr"), ("ku-Latn-IR", "kmr"), ("ku-SY", "kmr"), ("kur-Arab-TR", "ckb"), ("ku_IR", "ckb"),
        ("kmr-Arab", "kmr"), ("kmr-Arab-IQ", "kmr"), ("ckb-Latn", "ckb"), ("ku-TR-u-nu-arab", "kmr"),
        ("prs-AF", "fa-AF"), ("fas-AF", "fa-AF"), ("per", "fa"), ("nob", "nb"), ("nno", "nn"),
        ("sw-KE", "sw"), ("swh-TZ", "sw"), ("swa", "sw"), ("som", "so"), ("pus", "ps"), ("pst", "ps"), ("eng", "en"),
        ("ukr", "uk"), ("rus", "ru"), ("tur", "tr"), ("fra", "fr"), ("fre-CD", "fr"), ("haz", "fa-AF"),
    ],
)  # fmt: skip
def test_a_tag_means_a_language(tag: str, meant: str) -> None:
    assert match(tag) == meant


@pytest.mark.parametrize(
    "variety", ["ara", "arb", "arq", "aeb", "acq", "ayl", "arz", "apc", "acm", "apd", "ary", "shu"]
)
def test_a_kind_of_arabic_is_written_as_arabic(variety: str) -> None:
    assert match(variety) == match(f"{variety}-XX") == match(f"ar-{variety}") == "ar"


@pytest.mark.parametrize("tag", ["xx", "", "-", "de", "zh-Hant", "…", "a" * 500])
def test_an_unknown_tag_means_none(tag: str) -> None:
    assert match(tag) is None


@pytest.mark.parametrize(("asked", "near"), NEVER_INSTEAD)
def test_no_language_stands_in_for_another_people_do_not_read(asked: str, near: str) -> None:
    assert match(asked, ("nb", near)) is None
    assert match(asked, ("nb", near, asked)) == asked


def test_the_sixteen_languages_in_the_order_of_the_menu() -> None:
    ids = ["nb", "nn", "en", "uk", "ar", "ru", "ti", "fa-AF", "fa", "ps", "so", "sw", "kmr", "ckb", "tr", "fr"]
    assert [language.id for language in LANGUAGES] == ids
    assert len({language.autonym for language in LANGUAGES}) == len(ids)


def test_nynorsk_reads_bokmal_where_it_is_not_shown() -> None:
    assert match("nn", ("nb", "en")) == "nb"
    assert match("nn") == "nn"


@pytest.mark.parametrize(
    ("header", "meant"),
    [
        ("ti-ER,ar;q=0.5", "ti"), ("en-US,ar;q=0.9", "en"), ("de,ar;q=0.9,en;q=0.8", "ar"), ("nb;q=0,uk", "uk"),
        ("*", None), ("", None), ("en;q=0.5,uk;q=0.9", "uk"), ("en;q=x,uk;q=0.1", "uk"), (",,;;q=1", None),
        ("de-DE,de", None), ("ti-ER,ar;q=.5", "ti"), ("ar;q=.5,ti-ER;q=.6", "ti"), ("en;Q=0.5,uk;Q=.9", "uk"),
        ("de,ar;q=0.5;x=1", "ar"), ("en;x=1;q=0.2,uk;q=0.3", "uk"), ("en;q=0.5, uk ; q = 1.5 ", "uk"),
        ("so;q=1.5,uk;q=1", "so"), ("en;q=,uk;q=.1", "uk"), ("en;q=-1,uk;q=.1", "uk"), ("en;q=.,uk;q=.1", "uk"),
        ("en;q=0.0001,uk;q=0", "en"), ("uk;q=0.000", None), ("uk;q=٠", None), ("en;q=inf,uk;q=.1", "uk"),
        ("nn-NO,nb;q=.5", "nn"),
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
