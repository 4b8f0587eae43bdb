"""`portal demo`: the portal with a made-up municipality and an ID-porten of its own, on this machine only."""

import argparse
import json
import os
import shlex
import shutil
import signal
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from alembic.util import CommandError
from sqlalchemy.exc import DatabaseError

from portal import clock
from portal.commands import server_arguments
from portal.demo import files
from portal.demo.filling import fill
from portal.demo.folder import (
    CLIENT_ID,
    DemoFolder,
    FolderUnusable,
    InUse,
    Ports,
    public_keys,
    settings_from,
    write_private,
)
from portal.demo.idporten import for_portal
from portal.demo.servers import LOOK_SECONDS, Server, ServerExited, is_free
from portal.store import migrate
from portal.store.db import Store

STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
DATA = Path("data/demo")


def add(subparsers: Any) -> None:
    """Add `demo` to the command line."""
    demo = subparsers.add_parser("demo", help="show the portal with a made-up municipality on this machine")
    demo.add_argument("--port", type=_port, default=8000, help="port of the portal (default 8000)")
    demo.add_argument("--demo-port", type=_port, default=9000, help="port of the demo ID-porten (default 9000)")
    demo.add_argument("--data", type=Path, default=DATA, help=f"folder for keys, database and files (default {DATA})")
    demo.set_defaults(run=_demo)


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:6]) <= 65535):
        raise argparse.ArgumentTypeError("a port is a number from 1 to 65535")
    return int(text)


def _demo(options: argparse.Namespace) -> int:
    ports, house = Ports(options.port, options.demo_port), DemoFolder(options.data)
    if refused := _refusal(ports):
        print(refused, file=sys.stderr)
        return 2
    os.umask(0o077)  # keys and people lie in the folder, made up or not
    try:
        with house.lock():
            return _show(house, ports)
    except InUse:
        print(f"A demo runs in {house.folder} already. Stop it, or choose another folder with --data.", file=sys.stderr)
        return 2
    except FolderUnusable as unusable:
        print(
            f"The folder {house.folder} cannot be used ({unusable}). Choose another with --data (DATA=…).",
            file=sys.stderr,
        )
        return 2
    except (DatabaseError, CommandError) as unreadable:
        reason = type(getattr(unreadable, "orig", None) or unreadable).__name__
        print(f"\nThe database in {house.folder} cannot be used ({reason}).", file=sys.stderr)
        print("Choose another folder with --data, or remove that one to begin anew.", file=sys.stderr)
        return 2
    except ServerExited as fallen:
        print(f"\n{fallen}", file=sys.stderr)
        return 1


def _refusal(ports: Ports) -> str | None:
    if ports.portal == ports.idporten:
        return f"The portal and the demo ID-porten cannot both have port {ports.portal}. Choose with --demo-port."
    for port, option in ((ports.portal, "--port (make demo PORT=…)"), (ports.idporten, "--demo-port (DEMO_PORT=…)")):
        if not is_free(port):
            return f"Port {port} is taken by another program. Choose another with {option}."
    return None


def _show(house: DemoFolder, ports: Ports) -> int:
    servers: list[Server] = []
    with _stopping() as is_over:
        try:
            _begin(house, ports, servers, is_over)
            if not is_over():
                _tell(house, ports)
            while not is_over():
                for server in servers:
                    server.check()
                time.sleep(LOOK_SECONDS)
        finally:
            _stop(servers)
    print("Stopped.", flush=True)
    return 0


def _begin(house: DemoFolder, ports: Ports, servers: list[Server], is_over: Callable[[], bool]) -> None:
    """Everything from keys to servers that answer; they begin while the files are taken in."""
    today = clock.today()
    with _step("Keys and settings"):
        environment = _prepare(house, ports, today)
    store = Store(settings_from(environment))
    try:
        with _step("Database"):
            migrate.upgrade(store.engine)
        servers += _start(house, ports, environment)
        with _step("The municipality's files"):
            fill(store, today, house.files)
    finally:
        store.close()
    with _step("The portal and the demo ID-porten"):
        for server in servers:
            server.wait(is_over)


def _prepare(house: DemoFolder, ports: Ports, today: date) -> dict[str, str]:
    environment = house.environment(ports)
    people = [person._asdict() for person in files.people(today)]
    told = [{name: value for name, value in person.items() if name != "id"} for person in people]
    provider = for_portal(ports.issuer, ports.base_url, CLIENT_ID, public_keys(environment), told)
    write_private(house.provider_file, json.dumps(provider, ensure_ascii=False, indent=1))
    return environment


def _start(house: DemoFolder, ports: Ports, environment: dict[str, str]) -> Iterator[Server]:
    arguments = server_arguments(f"127.0.0.1:{ports.idporten}", workers=1)
    arguments[-1] = "portal.demo.idporten:wsgi()"
    told = {"DEMO_IDPORTEN_CONFIG": str(house.provider_file)}
    known = f"{ports.issuer}/.well-known/openid-configuration"
    yield Server("The demo ID-porten", known, arguments, told, house.log("idporten"))
    arguments = server_arguments(f"127.0.0.1:{ports.portal}", workers=1)
    yield Server("The portal", f"{ports.base_url}/", arguments, environment, house.log("portal"))


def _stop(servers: list[Server]) -> None:
    for server in servers:
        server.ask_to_stop()
    for server in servers:
        server.stop()


def _tell(house: DemoFolder, ports: Ports) -> None:
    width = max(60, min(shutil.get_terminal_size().columns, 120))
    print(f"\n  The portal        {ports.base_url}\n  Demo ID-porten    {ports.issuer}\n")
    print("  Made-up people to sign in as (number, name, language on record, what is worth seeing):\n")
    for person in files.people(clock.today()):
        print(f"  {person.pid}  {person.name}  ({person.language})")
        print(textwrap.fill(person.worth_seeing, width, initial_indent=" " * 15, subsequent_indent=" " * 15))
    settings = shlex.quote(str(house.settings_file))
    print("\n  As the municipality, from another terminal: what was sent, and an answer to it (docs/exchange.md):\n")
    print(f"  set -a; . {settings}; set +a; .venv/bin/portal exchange export")
    print("\n  Stop with Ctrl-C. What you do is kept until next time.\n", flush=True)


@contextmanager
def _step(words: str) -> Iterator[None]:
    print(f"  {words} …", end="", flush=True)
    start = time.monotonic()
    yield
    print(f" {time.monotonic() - start:.1f} s", flush=True)


@contextmanager
def _stopping() -> Iterator[Any]:
    """Gives a function that tells whether somebody has asked us to stop."""
    asked: list[int] = []
    before = {number: signal.signal(number, lambda found, _frame: asked.append(found)) for number in STOPPING}
    try:
        yield lambda: bool(asked)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
