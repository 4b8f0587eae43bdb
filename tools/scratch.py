"""`python -m tools.scratch check|revise MESSAGE`: `portal db …` on empty databases made for the moment.

Tables are checked against migrations on both kinds of database; a new migration is written from SQLite.
"""

import base64
import os
import secrets
import subprocess
import sys
import tempfile

from tests.databases import postgresql
from tools.places import ROOT, VENV

PORTAL = VENV / "bin" / "portal"


def settings(database_url: str) -> dict[str, str]:
    """Settings that are good enough for the database commands: random keys, and nobody to sign in with."""

    def key() -> str:
        return base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()

    return {
        "PORTAL_BASE_URL": "http://127.0.0.1:1",
        "PORTAL_DATABASE_URL": database_url,
        "PORTAL_DATABASE_KEY": key(),
        "PORTAL_SECRET_KEY": key(),
        "PORTAL_ENCRYPTION_KEY": key(),
        "PORTAL_OIDC_ISSUER": "http://127.0.0.1:2",
        "PORTAL_OIDC_CLIENT_ID": "scratch",
        "PORTAL_OIDC_CLIENT_KEY": "none",
    }


def main(arguments: list[str]) -> int:
    """Brings a scratch database up to the newest migration, then does what was asked."""
    with tempfile.TemporaryDirectory() as folder:
        embedded = _on("SQLite", f"sqlite:///{folder}/scratch.db", arguments)
    if arguments != ["check"]:
        return embedded
    with postgresql() as server:
        return max(embedded, _on("PostgreSQL", server.new(), arguments))


def _on(engine: str, database_url: str, arguments: list[str]) -> int:
    env = {**os.environ, **settings(database_url)}
    for step in (["upgrade"], arguments):
        status = subprocess.run([PORTAL, "db", *step], check=False, env=env, cwd=ROOT).returncode
        print(f"{engine}: portal db {' '.join(step)} ended with {status}", flush=True)
        if status:
            return status
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
