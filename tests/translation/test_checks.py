"""What `make check` says of a catalogue: each fault beside a translation that is right."""

from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.pofile import write_po

from portal.i18n.languages import BY_ID, LANGUAGES, Language
from portal.resources import folder, rows
from portal.translation import avoided, catalogues, checks, glossary, readability
from portal.translation.glossary import GlossaryEntry

DAYS = ("%(num)s dag", "%(num)s dager")
DAYS_UK = ("%(num)s день", "%(num)s дні", "%(num)s днів")
LATE, LATE_EN = ("%(num)s dag til %(day)s.", "%(num)s dager til %(day)s."), "One day to %(day)s."
FIGURES, PLACEHOLDERS = "other figures than the original", "other placeholders than the original"


def faults(language: str, original: str | tuple[str, str], said: str | tuple[str, ...], *comments: str) -> list[str]:
    """The faults of one translated message, without its name."""
    message = Message(original)
    found = Message(original, said, user_comments=comments)
    return [fault.rpartition(": ")[0] for fault in checks.in_message(found, message, BY_ID[language])]


@pytest.mark.parametrize(
    ("language", "original", "wrong", "right", "fault"),
    [
        ("uk", "Du har %(num)s barn.", "У вас є діти.", "Дітей: %(num)s.", "other placeholders than the original"),
        ("uk", "Hei, %(name)s", "Вітаємо, %(navn)s", "Вітаємо, %(name)s", "other placeholders than the original"),
        ("en", DAYS, ("%(num)s day",), ("%(num)s day", "%(num)s days"), "1 plural forms instead of 2"),
        ("en", "<b>Nei</b>", "No", "<b>No</b>", "other tags than the original"),
        ("uk", "Sykdom", "Хвороба ы", "Хвороба", "letters that do not belong to the language (ы)"),
        ("ar", "Sykdom", "مرض کبیر", "مرض كبير", "letters that do not belong to the language (ک ی)"),
        ("en", "Plikt", "Plikt", "Duty", "the same as the original"),
        ("en", "Ring rådgiveren din.", "Call your rådgiver.", "Call your adviser.", "Norwegian words (rådgiver)"),
        ("en", "Hva nå?", "Hva next?", "What now?", "Norwegian words (Hva)"),
        ("ti", "Plikt", "ግዴታ plikt", "ግዴታ", "Latin letters (plikt)"),
        ("uk", "Snart", "", "Скоро", "not translated"),
        ("en", "2 eller 1,5", "2 or 1.5", "2 or 1,5", "other figures than the original"),
        ("ar", "Skriv 23", "اكتب ٢٣", "اكتب 23", "other figures than the original"),
        ("uk", ("1 dag", "2 dager"), ("1 день", "3 дні", "2 днів"), ("1 день", "2 дні", "2 днів"), FIGURES),
        ("uk", DAYS, ("%(num)s день", "%(num)s dni", "%(num)s днів"), DAYS_UK, "Latin letters (dni)"),
        ("en", DAYS, ("%(num)s day", "%(num)s dager"), ("%(num)s day", "%(num)s days"), "the same as the original"),
        ("en", LATE, (LATE_EN, "It is %(num)s days."), (LATE_EN, "%(num)s days to %(day)s."), PLACEHOLDERS),
        ("ckb", "Språk", "بەشداربه‌ن", "بەشداربەن", "marks that do not belong to the language (ه‌)"),
        ("ckb", "Nå?", "ئێستا?", "ئێستا؟", "marks that do not belong to the language (?)"),
        ("fa", "Ja, 1,5", "بله, 1,5", "بله، 1,5", "marks that do not belong to the language (,)"),
        ("ti", "Nå.", "ሕጂ.", "ሕጂ።", "marks that do not belong to the language (.)"),
        ("ti", "Nå?", "ሕጂ?", "ሕጂ፧", "marks that do not belong to the language (?)"),
        ("fa", "Bruk ID-porten", "از ID-porten", "از ID‑porten", "a name that the end of the line tears (ID-porten)"),
        ("ps", "d-nummer", "د d-nummer", "د d‑nummer", "a name that the end of the line tears (d-nummer)"),
        ("ti", "Nei, 1,5", "ኣይፋል, 1,5", "ኣይፋል፣ 1,5", "marks that do not belong to the language (,)"),
    ],
)
def test_a_fault_is_seen_and_the_right_is_not(
    monkeypatch: pytest.MonkeyPatch,
    language: str,
    original: str | tuple[str, str],
    wrong: object,
    right: object,
    fault: str,
) -> None:
    monkeypatch.setattr(glossary, "said", lambda _language: {})  # one fault at a time
    assert faults(language, original, wrong) == [fault] * len(faults(language, original, wrong))  # type: ignore[arg-type]
    assert fault in faults(language, original, wrong)  # type: ignore[arg-type]
    assert faults(language, original, right) == []  # type: ignore[arg-type]


def test_the_line_tears_no_word_from_left_to_right() -> None:
    assert faults("en", "Bruk ID-porten", "Use ID-porten") == []


def test_no_sentence_of_code_is_passed_over_for_what_stands_inside_it() -> None:
    code = b"""
_("Omtrent %(amount)s", amount=kroner(amount(paid)))
_("Siden %(day)s", day=said(ngettext("%(num)s dag", "%(num)s dager", 3)))
words.plain("Kort")
_(computed)
other("Ikke en setning")
"""
    found = {
        message for _, message, _, _ in extract(f"{catalogues.__name__}:of_python", BytesIO(code), catalogues.KEYWORDS)
    }
    assert found == {"Omtrent %(amount)s", "Siden %(day)s", ("%(num)s dag", "%(num)s dager"), "Kort"}


def test_what_a_fuzzy_sentence_said_before_stays_beside_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogues, "path_of", lambda _language: tmp_path / "messages.po")
    template = Catalog()
    template.add("Du har fått svar på søknaden din.")
    old = Catalog(locale="en")
    old.add("Du har fått svar på søknaden.", "Your application was answered.")
    with (tmp_path / "messages.po").open("wb") as file:
        write_po(file, old)
    for _time in range(3):
        catalogues.update(BY_ID["en"], template)
        written = (tmp_path / "messages.po").read_text(encoding="utf-8")
        assert written.count('#| msgid "Du har fått svar på søknaden."') == 1
        assert "# |" not in written
        assert "#, fuzzy" in written


def test_a_missing_and_a_fuzzy_message_are_seen() -> None:
    message = Message("Snart")
    assert list(checks.in_message(None, message, BY_ID["uk"])) == ["missing: 'Snart'"]
    fuzzy = Message("Snart", "Скоро", flags=["fuzzy"])
    assert list(checks.in_message(fuzzy, message, BY_ID["uk"])) == ["fuzzy: 'Snart'"]


def test_names_and_kept_norwegian_words_are_no_leak() -> None:
    assert faults("uk", "Nav og MinID", "Nav та MinID") == []
    assert faults("ti", "Fødselsnummer", "ቁጽሪ (fødselsnummer)") == []


def test_a_translator_may_say_that_it_is_meant() -> None:
    assert faults("en", "Start", "Start", "same: the word is English too") == []
    assert faults("en", "Start", "Start") == ["the same as the original"]


def test_a_number_in_words_is_told_by_the_translator() -> None:
    assert faults("ar", "opptil 1 time", "ساعة واحدة", "figures: one hour is always said in words") == []
    assert faults("ar", "opptil 1 time", "ساعة واحدة") == [FIGURES]


def test_a_comment_may_run_over_several_lines() -> None:
    comments = ["check: an own wording,", "not yet heard", "  from anybody", "free: fravær", "check: one more"]
    message = Message("Snart", "Soon", user_comments=comments)
    assert catalogues.marks(message, "check") == ["an own wording, not yet heard from anybody", "one more"]
    assert catalogues.marks(message, "free") == ["fravær"]
    assert catalogues.marks(message, "same") == []


@pytest.mark.parametrize("language", LANGUAGES[1:], ids=lambda language: language.id)
def test_every_comment_begins_with_a_known_mark(language: Language) -> None:
    for message in catalogues.read(language):
        assert not message.user_comments or message.user_comments[0].startswith(catalogues.MARKS), message.id


def test_a_term_is_said_as_in_the_list(monkeypatch: pytest.MonkeyPatch) -> None:
    ours = {"fravær": GlossaryEntry("fravær", "absence", ("absence",), "")}
    monkeypatch.setattr(glossary, "said", lambda _language: ours)
    assert faults("en", "Alt fravær", "All missing days") == ["the term 'fravær' is not said as in the glossary"]
    assert faults("en", "Alt fravær", "All missing days", "free: fravær") == []
    assert faults("en", "Alt fravær", "All absence") == []
    assert faults("en", "Alt fravær", "All ab\u00adsence") == []


def test_every_term_stands_in_some_message_and_has_one_meaning() -> None:
    from portal.translation.catalogues import forms, sentences

    said = [form for message in sentences() if message.id for form in forms(message.id)]
    for term in glossary.terms():
        assert any(map(term.stands_in, said)), f"nothing says {term.term!r}"
    assert len({term.term for term in glossary.terms()}) == len(glossary.terms())


@pytest.mark.parametrize(
    "language", [language for language in BY_ID.values() if language.id != "nb"], ids=lambda language: language.id
)
def test_every_language_says_every_term(language: object) -> None:
    assert set(glossary.said(language)) == {term.term for term in glossary.terms()}  # type: ignore[arg-type]


@pytest.mark.parametrize("language", LANGUAGES[1:], ids=lambda language: language.id)
def test_every_term_tells_where_its_word_is_from(language: Language) -> None:
    found = rows(folder("translations") / language.folder / glossary.NAME)
    assert {row["origin"] for row in found} <= {"glossary", "glossary ?", "ours"}


@pytest.mark.parametrize(
    ("hard", "plain", "fault"),
    [
        (
            "Du må sende søknaden til kontoret i god tid før den dagen du skal ha fri i uken.",
            "Send søknaden i god tid før du skal ha fri.",
            "18 words in a sentence",
        ),
        (
            "Myndighetenes saksbehandlingsregler forutsetter dokumentasjon gjennom legeerklæringer og bekreftelser.",
            "Du må vise legeerklæringen til kommunen.",
            "LIX 83",
        ),
        ("Dersom du er syk, må du ringe.", "Hvis du er syk, må du ringe.", "says 'Dersom': write 'hvis'"),
        ("Det tar ca. ti dager.", "Det tar omtrent ti dager.", "says 'ca.': write 'hele ordet'"),
        ("Har du papir fra lege?", "Har du legeerklæring?", "says 'papir fra lege': write 'legeerklæring'"),
        ("Kommunen trenger papir", "Kommunen trenger dokumentasjon", "says 'papir': write 'dokumentasjon'"),
        (
            "Da holder det at du sier fra selv.",
            "Du kan bruke egenmelding.",
            "says 'sier fra selv': write 'egenmelding'",
        ),
        ("Du ber om fri.", "Du søker om fri.", "says 'ber om': write 'søke om'"),
        ("Læreren skrev det ned.", "Læreren registrerte det.", "says 'skrev det ned': write 'registrere'"),
        ("Kommunen har lagt deg inn.", "Kommunen har registrert deg.", "says 'lagt deg inn': write 'registrere'"),
        ("Du har foreldrepermisjon", "Du har omsorgspermisjon", "says 'foreldrepermisjon': write 'omsorgspermisjon'"),
    ],
)
def test_bokmal_that_is_too_hard_is_seen(hard: str, plain: str, fault: str) -> None:
    assert fault in readability.ease(hard).faults
    assert readability.ease(plain).faults == ()


def test_a_word_to_avoid_is_allowed_only_where_a_sentence_needs_it() -> None:
    messages = {form for message in catalogues.sentences() if message.id for form in catalogues.forms(message.id)}
    for message, why in avoided.RIGHTLY.items():
        assert message in messages, "no longer said"
        assert why
        assert list(avoided.said(message)) == []
        assert list(avoided.said(f"{message} ")), "needs no exception"


def test_the_hardest_come_first() -> None:
    found = readability.hardest(["Nå.", "Du kan klage.", "Dersom du er syk, må du ringe."], 2)
    assert [one.message for one in found] == ["Dersom du er syk, må du ringe.", "Du kan klage."]
