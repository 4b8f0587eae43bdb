"""The texts that can be recorded are the ones that stand on the pages, whole, and only texts without values."""

import itertools
import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import update

from portal import clock
from portal.casework import deductions, outbox
from portal.demo import files
from portal.i18n import BY_ID, recordings
from portal.i18n.read_aloud import TEXTS
from portal.law.calendar import is_working_day
from portal.law.vocabulary import LeaveKind, Programme
from portal.participant.absences import labels as absences
from portal.tables.absence import AbsenceValidity
from portal.tables.people import Participant
from portal.translation import catalogues
from portal.web.assets import Assets
from tests.conftest import fill_with_demo
from tests.databases import Embedded, make
from tests.house.crawling import links
from tests.participant.leave.making import Journey
from tests.settings import settings_for
from tests.strict import StrictClient, opened, sign_in
from tests.web.hearing import Part, parts, recorded

LANGUAGES = ("nb", "ar")
DETAIL = re.compile(r"/(fravaer/[0-9a-f-]{36}|stonad/\d{4}-\d\d|permisjon/[0-9a-f-]{36})")
WITHOUT_PLAN, INVALID = "rahim", "amal"


class Studio:
    """The demo portal with a recording of every text, which plays only while `playing`."""

    def __init__(self, app: Flask) -> None:
        self.app, self.playing = app, False

    def hear(self, client: StrictClient, address: str) -> Iterator[tuple[str | None, Part]]:
        """Each part of a page that can be heard, with the key of its recording."""
        self.playing = False
        silent = parts(client.get(address).get_data(as_text=True))
        self.playing = True
        keys = recorded(client.get(address).get_data(as_text=True))
        assert len(keys) == len(silent), address
        return zip(keys, silent, strict=True)

    def registered_as(self, person: str, programme: Programme) -> None:
        """Make somebody a participant of a programme."""
        with self.app.extensions["store"].write_session() as session:
            session.execute(update(Participant).where(Participant.external_id == person).values(programme=programme))
            session.commit()


@pytest.fixture
def studio(
    embedded: Embedded, tmp_path_factory: pytest.TempPathFactory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Studio]:
    """A portal of this test's own, on the encrypted file only: words do not depend on the database."""
    with opened(settings_for(make(embedded, fill_with_demo(tmp_path_factory.mktemp("demo-files"))))) as app:
        made = Studio(app)
        (tmp_path / "dist").mkdir()
        manifest = dict(app.extensions["assets"].manifest)
        for key in TEXTS:
            (tmp_path / "dist" / f"{key}.opus").write_bytes(bytes(1500))
            manifest |= {f"audio/{name}/{key}.opus": {"name": f"{key}.opus", "integrity": ""} for name in LANGUAGES}
        monkeypatch.setitem(app.extensions, "assets", Assets(manifest))
        monkeypatch.setattr("portal.web.read_aloud.folder", lambda _name: tmp_path)
        monkeypatch.setattr(recordings, "current", lambda *_about: made.playing)
        yield made


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_recording_says_what_its_part_says(studio: Studio, language: str) -> None:
    used = set()
    for address, key, part in heard(studio, language):
        where = f"{address} #{part.id}"
        assert part.lines, f"nothing to hear: {where}"
        if key is None:
            assert part.variable, f"the same for everybody, so it can be recorded: {where}"
        else:
            used.add(key)
            assert not part.variable, f"a recording cannot say this: {where}"
            assert " ".join(part.lines) == " ".join(recordings.script(BY_ID[language], key)), where
    assert used == set(TEXTS), "every text that can be recorded has its place"


def heard(studio: Studio, language: str) -> Iterator[tuple[str, str | None, Part]]:
    """Every part that can be heard, on every page that anybody of the demo has."""
    visits = [(studio.app.test_client(), address) for address in ("/", "/logg-inn", "/logg-inn/ikke-registrert")]
    for client, _address in visits:
        client.set_cookie("sprak", language, domain="localhost")
    for person in files.people(clock.today()):
        client = sign_in(studio.app, person.id, language)
        visits += [(client, address) for address in addresses(client)]
    visits += [*asking(studio, language)]
    for client, address in visits:
        yield from ((address, key, part) for key, part in studio.hear(client, address))
    for person_id, address in ((WITHOUT_PLAN, "/plan"), *((INVALID, a) for a in absences_of(studio.app, INVALID))):
        studio.registered_as(person_id, Programme.TRAINING_ONLY)
        yield from ((address, *found) for found in studio.hear(sign_in(studio.app, person_id, language), address))


def addresses(client: StrictClient) -> list[str]:
    """The pages of somebody that may have a part to hear."""
    found = ["/plan", "/stonad"]
    for index in ("/fravaer", "/stonad", "/permisjon"):
        led_to = [a for a in links(client.get(index).get_data(as_text=True)) if DETAIL.fullmatch(a)]
        found += dict.fromkeys(led_to[:8])
    return found


def absences_of(app: Flask, person: str) -> list[str]:
    """The absences of somebody."""
    page = sign_in(app, person).get("/fravaer").get_data(as_text=True)
    return [address for address in dict.fromkeys(links(page)) if address.startswith("/fravaer/")]


def asking(studio: Studio, language: str) -> Iterator[tuple[StrictClient, str]]:
    """Steps of requests: ill today; a sick child that nobody knows of; a journey, which waits and can be withdrawn."""
    today = working_day(clock.today())
    for person, what, day in (
        ("hana", "ill", today),
        ("danylo", "child_ill", today),
        ("yonas", "other", working_day(today + timedelta(days=30))),
    ):
        client = sign_in(studio.app, person, language)
        journey = Journey(client)
        draft = journey.asked(what, day.isoformat())
        yield client, f"{draft}/betyr"
        sent = journey.sent(what, (day + timedelta(days=7)).isoformat())
        if person == "danylo":
            fetch(studio.app, sent)
        yield from ((client, f"{sent}{step}") for step in ("", "/kvittering", "/trekk"))


def fetch(app: Flask, sent: str) -> None:
    """The municipality says that it has one of the requests."""
    with app.extensions["store"].write_session() as session:
        outbox.acknowledge(session, [sent.rsplit("/", 1)[1]], clock.now())
        session.commit()


def working_day(day: date) -> date:
    """The first working day from `day` on."""
    return next(day + timedelta(days=more) for more in range(14) if is_working_day(day + timedelta(days=more)))


@pytest.mark.parametrize("verdict", AbsenceValidity)
def test_a_verdict_is_recorded_as_it_is_said(verdict: AbsenceValidity) -> None:
    taken = deductions.DeductionPart("2026-11", date(2026, 12, 1), -100)
    for allowance, known, parts_taken in itertools.product((True, False), (None, *LeaveKind), ((), (taken,))):
        account = deductions.Account(parts_taken)
        key = absences.verdict_recording(verdict, allowance, known, account)
        said = absences.verdict_sentence(verdict, allowance, known, account)
        assert key
        assert list(TEXTS[key]) == [absences.verdict_word(verdict, str), said]


def test_only_whole_sentences_of_the_pages_are_recorded() -> None:
    messages = {message.id for message in catalogues.sentences() if not message.context}
    for key, texts in TEXTS.items():
        assert not [text for text in texts if text not in messages or "%(" in text], key
        assert re.fullmatch("[a-z-]{1,24}", key), "a file name, and a column of `portal audio list`"


@pytest.mark.parametrize(
    ("inside", "lines", "variable"),
    [
        ("<h2>Hva nå?</h2><p>En. <b>To.</b></p>", ("Hva nå?", "En. To."), False),
        ("<p>Ring <bdi lang=nb>Solvik kommune</bdi>.</p>", ("Ring Solvik kommune.",), True),
        ("<p class=free>Egne ord.</p><p class=vh>Skjult</p>", ("Egne ord.",), True),
        ("<p>Fravær<small>Syk</small></p><p>18</p><p class=original><bdi>x</bdi></p>", ("Fravær", "Syk"), False),
    ],
)
def test_what_a_part_says(inside: str, lines: tuple[str, ...], variable: bool) -> None:
    (part,) = parts(
        f"<!doctype html><title>x</title><main id=part><button data-aloud=part>Les opp</button>{inside}</main>"
    )
    assert (part.lines, part.variable) == (lines, variable)
