"""A portal to measure: settings, a database with the demo municipality, and a participant of many years signed in."""

from dataclasses import dataclass
from pathlib import Path

from joserfc.jwk import RSAKey
from sqlalchemy import delete, func, select
from sqlmodel import col

from bench import veteran
from bench.client import HOST, UnexpectedAnswer
from portal import clock
from portal.auth import cookies, logins
from portal.auth.claims import Identity
from portal.auth.people import Numbered
from portal.demo import filling
from portal.settings import Settings, random_key
from portal.store import migrate
from portal.store.db import Store
from portal.store.rows import table_of
from portal.tables.leave import LeaveRequest
from portal.tables.log import OutgoingEvent
from portal.tables.people import Participant

SENT = (table_of(LeaveRequest), table_of(OutgoingEvent))
MOST = "1000000"
PACES = ("SENT_AN_HOUR", "SENT_A_DAY", "DRAFTS_AN_HOUR", "DRAFTS_A_DAY")


@dataclass(frozen=True)
class Stage:
    """What gunicorn needs to serve the portal, and what a request needs to be signed in. `store` is ours."""

    environment: dict[str, str]
    cookie: str
    store: Store
    sent: tuple[int, ...]

    def forget_sent(self, number: int) -> None:
        """The history is as it was: the `number` of requests sent while measuring are gone. Raises UnexpectedAnswer
        where it were others, so that no refusal is timed.
        """
        with self.store.write_session() as session:
            gone = [
                len(session.execute(delete(table).where(table.c.id > latest).returning(table.c.id)).all())
                for table, latest in zip(SENT, self.sent, strict=True)
            ]
            session.commit()
        if gone != [number] * len(SENT):
            raise UnexpectedAnswer(f"{number} sent, {gone} stored")


def prepare(folder: Path, port: int) -> Stage:
    """Makes and fills the database in this folder, and signs the participant in."""
    environment = _environment(folder, port)
    settings = settings_of(environment)
    store = Store(settings)
    migrate.upgrade(store.engine)
    filling.fill(store, clock.today(), folder / "files")
    veteran.add(store, clock.today(), folder / "files")
    key = _sign_in(store, settings)
    with store.read_session() as session:
        sent = tuple(session.scalar(select(func.max(table.c.id))) or 0 for table in SENT)
    return Stage(environment, f"{cookies.name(settings, cookies.Cookie.LOGIN)}={key}", store, sent)


def settings_of(environment: dict[str, str]) -> Settings:
    """The settings that a process with this environment has."""
    return Settings(**{name.removeprefix("PORTAL_").lower(): value for name, value in environment.items()})  # type: ignore[arg-type]  # text, as from the environment


def _environment(folder: Path, port: int) -> dict[str, str]:
    key = RSAKey.generate_key(2048, {"kid": "bench", "use": "sig", "alg": "RS256"})
    return {
        "PORTAL_BASE_URL": f"http://{HOST}:{port}",
        "PORTAL_DATABASE_URL": f"sqlite:///{folder}/bench.db",
        "PORTAL_DATABASE_KEY": random_key(),
        "PORTAL_SECRET_KEY": random_key(),
        "PORTAL_ENCRYPTION_KEY": random_key(),
        "PORTAL_OIDC_ISSUER": f"http://{HOST}:9",
        "PORTAL_OIDC_CLIENT_ID": "bench",
        "PORTAL_OIDC_CLIENT_KEY": key.as_pem(private=True).decode(),
        "PORTAL_DEMO": "1",
        **{f"PORTAL_{pace}": MOST for pace in PACES},
    }


def _sign_in(store: Store, settings: Settings) -> str:
    now = clock.now()
    who = Identity(pid="", acr=settings.oidc_acr, auth_time=now, sid=None)
    with store.read_session() as session:
        found = session.execute(
            select(col(Participant.id), col(Participant.pid_index)).where(col(Participant.external_id) == veteran.ID)
        ).one()
    with store.login_session() as session:
        key = logins.start(session, settings, Numbered(*found), who, id_token="", old=None, now=now)
        session.commit()
    return key
