"""`python -m tools.scratch check|revise MESSAGE`: `portal db …` on an empty database made for the moment."""

import base64
import os
import secrets
import subprocess
import sys
import tempfile

from tools.places import ROOT, VENV

PORTAL = VENV / "bin" / "portal"


def settings(folder: str) -> dict[str, str]:
    """Settings that are good enough for the database commands: random keys, and nobody to sign in with."""

    def key() -> str:
        return base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()

    return {
        "PORTAL_BASE_URL": "http://127.0.0.1:1",
        "PORTAL_DATABASE_URL": f"sqlite:///{folder}/scratch.db",
        "PORTAL_DATABASE_KEY": key(),
        "PORTAL_SECRET_KEY": key(),
        "PORTAL_ENCRYPTION_KEY": key(),
        "PORTAL_OIDC_ISSUER": "http://127.0.0.1:2",
        "PORTAL_OIDC_CLIENT_ID": "scratch",
        "PORTAL_OIDC_CLIENT_KEY": "none",
    }


def main(arguments: list[str]) -> int:
    """Brings the scratch database up to the newest migration, then does what was asked."""
    with tempfile.TemporaryDirectory() as folder:
        env = {**os.environ, **settings(folder)}
        for step in (["upgrade"], arguments):
            status = subprocess.run([PORTAL, "db", *step], check=False, env=env, cwd=ROOT).returncode
            if status:
                return status
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
