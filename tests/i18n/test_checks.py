"""What `make check` says of a catalogue: each fault beside a translation that is right."""

import pytest
from babel.messages.catalog import Message

from portal.i18n import checks, glossary, readability
from portal.i18n.glossary import Said
from portal.i18n.languages import BY_ID

DAYS = ("%(num)s dag", "%(num)s dager")


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


def test_a_term_is_said_as_in_the_list(monkeypatch: pytest.MonkeyPatch) -> None:
    ours = {"fravær": Said("fravær", "absence", ("absence",), "")}
    monkeypatch.setattr(glossary, "said", lambda _language: ours)
    assert faults("en", "Alt fravær", "All missing days") == ["the term 'fravær' is not said as in the glossary"]
    assert faults("en", "Alt fravær", "All missing days", "free: fravær") == []
    assert faults("en", "Alt fravær", "All absence") == []


def test_every_term_stands_in_some_message_and_has_one_meaning() -> None:
    from portal.i18n.catalogues import forms, sentences

    said = [form for message in sentences() if message.id for form in forms(message.id)]
    for term in glossary.terms():
        assert any(map(term.stands_in, said)), f"nothing says {term.term!r}"
    assert len({term.term for term in glossary.terms()}) == len(glossary.terms())


@pytest.mark.parametrize(
    "language", [language for language in BY_ID.values() if language.id != "nb"], ids=lambda language: language.id
)
def test_every_language_says_every_term(language: object) -> None:
    assert set(glossary.said(language)) == {term.term for term in glossary.terms()}  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("hard", "plain", "fault"),
    [
        (
            "Du må sende søknaden til kontoret i god tid før den dagen du skal ha fri.",
            "Send søknaden i god tid før du skal ha fri.",
            "16 words in a sentence",
        ),
        (
            "Myndighetenes saksbehandlingsregler forutsetter dokumentasjon gjennom legeerklæringer og bekreftelser.",
            "Du må vise et papir fra legen til kommunen.",
            "LIX 83",
        ),
        ("Dersom du er syk, må du ringe.", "Hvis du er syk, må du ringe.", "says 'Dersom'"),
        ("Det tar ca. ti dager.", "Det tar omtrent ti dager.", "says 'ca.'"),
    ],
)
def test_bokmal_that_is_too_hard_is_seen(hard: str, plain: str, fault: str) -> None:
    assert fault in readability.ease(hard).faults
    assert readability.ease(plain).faults == ()


def test_the_hardest_come_first() -> None:
    found = readability.hardest(["Nå.", "Du kan klage.", "Dersom du er syk, må du ringe."], 2)
    assert [one.message for one in found] == ["Dersom du er syk, må du ringe.", "Du kan klage."]
