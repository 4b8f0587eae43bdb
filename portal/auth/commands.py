"""`portal keys`: the portal's own key at ID-porten, made and changed without a moment in which nobody can sign in."""

import argparse
import json
import os
import sys
from pathlib import Path
from typing import Any

from joserfc.jwk import RSAKey

from portal import clock
from portal.auth import client_key
from portal.auth.client_key import KeysUnusable

FILE = "PORTAL_OIDC_CLIENT_KEY_FILE"
NEXT = {
    "add": "Upload these public keys to ID-porten. The old key is still in use. Then: portal keys rotate switch",
    "switch": "Reload the portal: it now signs with the new key. Sign in to try it. Then: portal keys rotate drop",
    "drop": "Upload this public key to ID-porten: the old one is gone.",
}


def add(subparsers: Any) -> None:
    """Add `keys` to the command line."""
    keys = subparsers.add_parser("keys", help="make, show or change the portal's own key at ID-porten")
    steps = keys.add_subparsers(required=True, metavar="STEP")
    new = steps.add_parser("new", help="make a key file and print what to upload")
    new.set_defaults(run=_guarded, step=_new)
    jwks = steps.add_parser("jwks", help="print what to upload: the public half of every key in the file")
    jwks.set_defaults(run=_guarded, step=_jwks)
    rotate = steps.add_parser("rotate", help="change the key in three steps")
    rotate.add_argument("to", choices=list(NEXT), metavar="add|switch|drop")
    rotate.set_defaults(run=_guarded, step=_rotate)
    for each in (new, jwks, rotate):
        each.add_argument("--file", type=Path, help=f"the key file (otherwise {FILE})")


def _guarded(options: argparse.Namespace) -> int:
    path: Path | None = options.file or (Path(os.environ[FILE]) if os.environ.get(FILE) else None)
    if path is None:
        print(f"Say which file: --file, or {FILE}.", file=sys.stderr)
        return 2
    try:
        options.step(path, options)
    except (KeysUnusable, OSError) as unusable:
        print(f"{path}: {unusable}", file=sys.stderr)
        return 2
    return 0


def _new(path: Path, _options: argparse.Namespace) -> None:
    if path.exists():
        raise KeysUnusable("is there already; change it with: portal keys rotate add")
    keys = [client_key.new_key(clock.today())]
    client_key.write(path, keys)
    _show(keys, f"Upload this public key to ID-porten, and set {FILE}={path}")


def _jwks(path: Path, _options: argparse.Namespace) -> None:
    _show(client_key.read(path))


def _rotate(path: Path, options: argparse.Namespace) -> None:
    keys = client_key.read(path)
    match options.to:
        case "add":
            keys = client_key.add(keys, clock.today())
        case "switch":
            keys = client_key.switch(keys)
        case _:
            keys = client_key.drop(keys)
    client_key.write(path, keys)
    _show(keys, NEXT[options.to])


def _show(keys: list[RSAKey], advice: str = "") -> None:
    """The public keys on standard output, to be piped on; what to do next beside it."""
    print(json.dumps(client_key.public_set(keys), indent=2))
    if advice:
        print(f"In use: {keys[0].kid}\n{advice}", file=sys.stderr)
