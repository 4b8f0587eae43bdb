"""A portal to measure: settings, a database with the demo municipality, and a participant who is signed in."""

from dataclasses import dataclass
from pathlib import Path

from joserfc.jwk import RSAKey
from sqlalchemy import select
from sqlmodel import col

from bench.client import HOST
from portal import clock, migrate, showcase
from portal.auth import cookies, logins
from portal.auth.claims import Identity
from portal.auth.people import Numbered
from portal.db import Store
from portal.settings import Settings, random_key
from portal.tables.people import Participant


@dataclass(frozen=True)
class Stage:
    """What gunicorn needs to serve the portal, and what a request needs to be signed in."""

    environment: dict[str, str]
    cookie: str


def prepare(folder: Path, port: int) -> Stage:
    """Makes and fills the database in this folder, and signs its first participant in."""
    environment = _environment(folder, port)
    settings = Settings(**{name.removeprefix("PORTAL_").lower(): value for name, value in environment.items()})  # type: ignore[arg-type]  # text, as from the environment
    store = Store(settings)
    migrate.upgrade(store.engine)
    showcase.fill(store, clock.today(), folder / "files")
    key = _sign_in(store, settings)
    store.close()
    return Stage(environment, f"{cookies.name(settings, cookies.Cookie.LOGIN)}={key}")


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
    }


def _sign_in(store: Store, settings: Settings) -> str:
    now = clock.now()
    who = Identity(pid="", acr=settings.oidc_acr, auth_time=now, sid=None)
    with store.reading() as session:
        found = session.execute(
            select(col(Participant.id), col(Participant.pid_index)).order_by(col(Participant.id))
        ).first()
    assert found is not None  # the demo municipality has people
    with store.signing() as session:
        key = logins.start(session, settings, Numbered(*found), who, id_token="", old=None, now=now)
        session.commit()
    return key
