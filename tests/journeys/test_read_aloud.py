"""Hearing a part of a page: a recording, or a voice of the device in the page's language, or not at all."""

import json
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from portal.i18n import recordings, translator_of
from portal.i18n.languages import BY_ID
from portal.i18n.norwegian import KEPT
from portal.web.assets import Assets
from tests.journeys.conftest import sign_in
from tests.journeys.serving import Served

# A device's voices: what is said lands in `heard`; a sentence ends when the test says so, or by itself. What is broken
# off ends with an error, a little later. `paused` counts the recordings that were stopped.
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
  cancel: () => {
    const gone = current;
    cancelled += 1; current = null; sessionStorage.cancelled = cancelled;
    if (gone) setTimeout(() => gone.onerror?.());
  },
  addEventListener: () => {},
};
Object.defineProperty(window, "speechSynthesis", { value: speech, configurable: true });
HTMLMediaElement.prototype.pause = function () { sessionStorage.paused = 1 + Number(sessionStorage.paused ?? 0); };
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
    page.locator("main .fold > summary").click()
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
    """The sentences of a help text in Ukrainian, one by one, with the Norwegian words that stand within them."""
    return [part for text in recordings.script(BY_ID["uk"], key) for part in re.split(r"(?<=[.!?])\s+", text)]


def test_norwegian_is_read_within_a_sentence_but_not_alone(phone: Callable[..., Page], portal: Served) -> None:
    page = opened(phone, portal, [OWN])
    page.evaluate("""document.getElementById("no-eid").insertAdjacentHTML("beforeend",
      '<p>Це вирішує <bdi lang="nb" dir="ltr">Nordvik kommune</bdi> завжди.</p><p><bdi>18 540</bdi></p>' +
      '<p lang="nb">Bare norsk.</p><p><bdi lang="nb">Enda et navn</bdi></p><div class="original" lang="nb">Før</div>' +
      '<p><span class="two"><span>План</span> <span class="nb" lang="nb">Plan</span></span><small>Далі</small></p>' +
      '<p>Надіслано <bdi>23.11.</bdi> – <bdi>27.11.2026</bdi> о <bdi>08:30</bdi>.</p><p><a class="line">Геть</a></p>' +
      '<p class="vh">Сховано.</p><p lang="uk">Слова її мови: <bdi>7</bdi> днів! А далі?</p>')""")
    page.locator("[data-aloud=no-eid]").click()
    expect(page.locator("[data-aloud=no-eid]")).to_have_attribute("aria-pressed", "false")
    assert KEPT.search(" ".join(heard(page))), "a Norwegian word that stands within a sentence"
    assert heard(page) == [
        *sentences("no-eid"),
        "Це вирішує Nordvik kommune завжди.",
        "План",
        "Далі",
        "Надіслано 23.11. – 27.11.2026 о 08:30.",
        "Слова її мови: 7 днів!",
        "А далі?",
    ]


def test_a_second_tap_stops(phone: Callable[..., Page], portal: Served) -> None:
    page = opened(phone, portal, [OWN], patient=True)
    button = page.locator("[data-aloud=how]")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(button).to_contain_text(str(translator_of("uk").plain("Stopp")))
    page.evaluate("endSentence()")
    assert heard(page) == sentences("sign-in")[:2], "the next only when the one before has ended"
    before = page.evaluate("cancelled")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "false")
    expect(button).to_contain_text(str(translator_of("uk").plain("Les opp")))
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
    page.wait_for_timeout(50)
    expect(page.locator("[data-aloud=no-eid]")).to_have_attribute("aria-pressed", "true")
    page.evaluate("endSentence()")
    assert heard(page)[2:] == sentences("no-eid")[1:2], "that the first was broken off does not stop the second"


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
    assert page.locator(BUTTONS).count() == 3
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
    page.locator("main .fold > summary").click()
    expect(page.locator(f"{BUTTONS} >> visible=true")).to_have_count(0)
    page.evaluate("arrive()")
    expect(page.locator(f"{BUTTONS} >> visible=true")).to_have_count(3)


def test_without_scripts_there_is_no_button(phone: Callable[..., Page], portal: Served) -> None:
    page = opened(phone, portal, [OWN], javascript=False)
    assert page.locator(BUTTONS).count() == 3
    expect(page.locator(f"{BUTTONS} >> visible=true")).to_have_count(0)


def test_a_payment_is_read_on_a_page_of_ones_own(phone: Callable[..., Page], portal: Served) -> None:
    """What was deducted and why, with the amounts; the Norwegian that counts stands beneath and is not read."""
    page = phone()
    page.add_init_script(DEVICE % {"voices": json.dumps([OWN]), "patient": "false"})
    sign_in(page, portal, "amal")
    page.context.add_cookies([{"name": "sprak", "value": "uk", "url": portal.address}])
    page.goto("/stonad", wait_until="load")
    button = page.locator("[data-aloud=lines]")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "false")
    said = heard(page)
    assert translator_of("uk").plain("Fraværet er registrert som ugyldig.") in said
    assert translator_of("uk").plain("Ugyldig fravær") in said
    assert any(re.fullmatch(r"−[\d ,]+ kr", text) for text in said)
    assert "Fraværet er registrert som ugyldig." in page.locator("#lines").inner_html(), (
        "it stands there in Norwegian too"
    )
    assert "Fraværet er registrert som ugyldig." not in said
    assert not re.search("integreringsloven", " ".join(said))


@pytest.fixture
def with_a_recording(portal: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of how to sign in, in Ukrainian; any built file stands for it."""
    manifest = portal.app.extensions["assets"].manifest
    some = next(iter(manifest.values()))
    monkeypatch.setitem(portal.app.extensions, "assets", Assets(manifest | {"audio/uk/sign-in.opus": some}))
    monkeypatch.setattr(recordings, "current", lambda language, key: (language.id, key) == ("uk", "sign-in"))


@pytest.mark.usefixtures("with_a_recording")
def test_a_recording_comes_before_a_voice_and_says_its_size(phone: Callable[..., Page], portal: Served) -> None:
    page = opened(phone, portal, [OWN])
    assert page.locator("[data-aloud=how]").count() == 0
    expect(page.locator("#how audio")).to_be_visible()
    assert page.locator("#how audio").get_attribute("preload") == "none", "nothing is fetched before a tap"
    before, after = translator_of("uk").plain("Bruker %(size)s kB data.", size="SIZE").split("\u2068SIZE\u2069")
    assert re.fullmatch(re.escape(before) + r"\d+" + re.escape(after), page.locator("#how small").inner_text())
    expect(page.locator(f"{BUTTONS} >> visible=true")).to_have_count(2)


@pytest.mark.usefixtures("with_a_recording")
def test_a_recording_and_a_voice_are_not_heard_at_once(phone: Callable[..., Page], portal: Served) -> None:
    page = opened(phone, portal, [OWN], patient=True)
    page.locator("[data-aloud=no-eid]").click()
    page.evaluate("""document.querySelector("#how audio").dispatchEvent(new Event("play"))""")
    expect(page.locator("[data-aloud=no-eid]")).to_have_attribute("aria-pressed", "false")
    before = page.evaluate("Number(sessionStorage.paused)")
    page.locator("[data-aloud=no-eid]").click()
    assert page.evaluate("Number(sessionStorage.paused)") > before
    before = page.evaluate("Number(sessionStorage.paused)")
    page.goto("/logg-ut/ferdig")
    assert page.evaluate("Number(sessionStorage.paused)") > before, "leaving the page stops it too"


@pytest.mark.usefixtures("with_a_recording")
def test_a_recording_plays_without_a_voice_and_without_scripts(phone: Callable[..., Page], portal: Served) -> None:
    for how in ({"javascript": True}, {"javascript": False}):
        page = opened(phone, portal, [], **how)
        expect(page.locator("#how audio")).to_be_visible()
        expect(page.locator(f"{BUTTONS} >> visible=true")).to_have_count(0)
