"""Hearing a part of a page: with a voice of the device, in the page's language, or not at all."""

import json
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from portal.i18n import recordings, words_of
from portal.i18n.languages import BY_ID
from portal.i18n.norwegian import KEPT
from tests.journeys.serving import Served

# A device's voices: what is said lands in `heard`; a sentence ends when the test says so, or by itself.
DEVICE = """
window.heard = []; window.cancelled = 0; window.patient = %(patient)s;
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
let current = null;
window.endSentence = () => { const said = current; current = null; said?.onend?.(); };
const speech = {
  getVoices: () => %(voices)s,
  speak: (said) => {
    heard.push([said.text, said.lang, said.voice.name]); current = said;
    if (!patient) setTimeout(endSentence);
  },
  cancel: () => { cancelled += 1; current = null; sessionStorage.cancelled = cancelled; },
  addEventListener: () => {},
};
Object.defineProperty(window, "speechSynthesis", { value: speech, configurable: true });
"""
REMOTE = {"lang": "uk-UA", "localService": False, "name": "far away"}
FOREIGN = {"lang": "en-GB", "localService": True, "name": "another language"}
OWN = {"lang": "uk-UA", "localService": True, "name": "Lesya"}
BUTTONS = "[data-aloud]"


def opened(
    phone: Callable[..., Page], portal: Served, voices: list[dict[str, object]], language: str = "uk", **how: bool
) -> Page:
    """The front page in `language`, on a device with these voices."""
    page = phone(javascript=how.get("javascript", True))
    page.context.add_cookies([{"name": "sprak", "value": language, "url": portal.address}])
    patient = json.dumps(how.get("patient", False))
    page.add_init_script(DEVICE % {"voices": json.dumps(voices), "patient": patient})
    page.goto("/", wait_until="load")
    return page


def heard(page: Page) -> list[str]:
    """What was said so far."""
    return [text for text, _lang, _voice in page.evaluate("heard")]


def test_one_tap_reads_sentence_by_sentence_in_the_own_language(phone: Callable[..., Page], portal: Served) -> None:
    page = opened(phone, portal, [REMOTE, FOREIGN, OWN])
    button = page.locator("[data-aloud=how]")
    expect(button).to_be_visible()
    button.click()
    expect(button).to_have_attribute("aria-pressed", "false")
    said = page.evaluate("heard")
    assert {(lang, voice) for _text, lang, voice in said} == {("uk-UA", "Lesya")}
    assert [text for text, _lang, _voice in said] == sentences("sign-in")
    assert "Slik logger du inn" in page.locator("#how").inner_text()
    assert not any(re.search("Slik logger du inn|Les opp|Stopp", text) for text in heard(page))


def sentences(key: str) -> list[str]:
    """The sentences of a help text in Ukrainian, one by one, without the Norwegian words in them."""
    told = [" ".join(KEPT.sub(" ", text).split()) for text in recordings.script(BY_ID["uk"], key)]
    return [part for text in told for part in re.split(r"(?<=[.!?])\s+", text)]


def test_norwegian_words_and_figures_alone_are_not_read(phone: Callable[..., Page], portal: Served) -> None:
    page = opened(phone, portal, [OWN])
    page.evaluate("""document.getElementById("no-eid").insertAdjacentHTML("beforeend",
      '<p>Це вирішує <span lang="nb">kommunen</span> завжди.</p><p><bdi>18 540</bdi></p><p lang="nb">Bare norsk.</p>' +
      '<p class="vh">Сховано.</p><p lang="uk">Слова її мови: <bdi>7</bdi> днів! А далі?</p>')""")
    page.locator("[data-aloud=no-eid]").click()
    expect(page.locator("[data-aloud=no-eid]")).to_have_attribute("aria-pressed", "false")
    assert "fødselsnummer" in page.locator("#no-eid").inner_text()
    assert "fødselsnummer" not in " ".join(heard(page))
    assert heard(page) == [*sentences("no-eid"), "Це вирішує завжди.", "Слова її мови: 7 днів!", "А далі?"]


def test_a_second_tap_stops(phone: Callable[..., Page], portal: Served) -> None:
    page = opened(phone, portal, [OWN], patient=True)
    button = page.locator("[data-aloud=how]")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(button).to_contain_text(str(words_of("uk").plain("Stopp")))
    page.evaluate("endSentence()")
    assert heard(page) == sentences("sign-in")[:2], "the next only when the one before has ended"
    before = page.evaluate("cancelled")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "false")
    expect(button).to_contain_text(str(words_of("uk").plain("Les opp")))
    page.evaluate("endSentence()")
    assert page.evaluate("cancelled") > before
    assert len(heard(page)) == 2


def test_another_part_takes_over(phone: Callable[..., Page], portal: Served) -> None:
    page = opened(phone, portal, [OWN], patient=True)
    page.locator("[data-aloud=how]").click()
    page.locator("[data-aloud=no-eid]").click()
    expect(page.locator("[data-aloud=how]")).to_have_attribute("aria-pressed", "false")
    expect(page.locator("[data-aloud=no-eid]")).to_have_attribute("aria-pressed", "true")
    assert heard(page) == [sentences("sign-in")[0], sentences("no-eid")[0]]


def test_leaving_the_page_ends_the_reading(phone: Callable[..., Page], portal: Served) -> None:
    page = opened(phone, portal, [OWN], patient=True)
    page.locator("[data-aloud=how]").click()
    before = page.evaluate("cancelled")
    page.goto("/logg-inn")
    assert int(page.evaluate("sessionStorage.cancelled")) > before


@pytest.mark.parametrize(
    ("voices", "language"),
    [([], "uk"), ([REMOTE], "uk"), ([FOREIGN], "uk"), ([OWN, FOREIGN], "ti")],
    ids=["no voice", "a voice far away", "a voice of another language", "Tigrinya"],
)
def test_without_a_voice_of_the_language_there_is_no_button(
    phone: Callable[..., Page], portal: Served, voices: list[dict[str, object]], language: str
) -> None:
    page = opened(phone, portal, voices, language)
    assert page.locator(BUTTONS).count() == 2
    expect(page.locator(f"{BUTTONS} >> visible=true")).to_have_count(0)


def test_a_voice_that_comes_late_brings_the_button(phone: Callable[..., Page], portal: Served) -> None:
    page = phone()
    page.context.add_cookies([{"name": "sprak", "value": "uk", "url": portal.address}])
    page.add_init_script(
        f"""const late = new EventTarget(); let voices = [];
        late.getVoices = () => voices; late.cancel = () => {{}};
        Object.defineProperty(window, "speechSynthesis", {{ value: late }});
        window.arrive = () => {{ voices = [{json.dumps(OWN)}]; late.dispatchEvent(new Event("voiceschanged")); }};"""
    )
    page.goto("/", wait_until="load")
    expect(page.locator(f"{BUTTONS} >> visible=true")).to_have_count(0)
    page.evaluate("arrive()")
    expect(page.locator(f"{BUTTONS} >> visible=true")).to_have_count(2)


def test_without_scripts_there_is_no_button(phone: Callable[..., Page], portal: Served) -> None:
    page = opened(phone, portal, [OWN], javascript=False)
    assert page.locator(BUTTONS).count() == 2
    expect(page.locator(f"{BUTTONS} >> visible=true")).to_have_count(0)
