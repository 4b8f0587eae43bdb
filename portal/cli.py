"""The `portal` command: one subcommand per task, each living in the room that does the work."""

import argparse
import re
import sys
from collections.abc import Sequence
from typing import Any

from pydantic import ValidationError
from pydantic_settings import SettingsError
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError

import portal.assess
import portal.auth.commands
import portal.auth.ending
import portal.commands
import portal.demo.commands
import portal.exchange.commands
import portal.translation.commands
from portal.commands import UNUSABLE
from portal.store import causes
from portal.store.key_check import WrongKey

BUSY = 75  # EX_TEMPFAIL: whoever runs us may try again
ROOMS = (
    portal.commands,
    portal.auth.commands,
    portal.auth.ending,
    portal.demo.commands,
    portal.exchange.commands,
    portal.assess,
    portal.translation.commands,
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; gives its exit code."""
    parser = argparse.ArgumentParser(prog="portal", description=__doc__)
    subparsers = parser.add_subparsers(required=True, metavar="COMMAND")
    for room in ROOMS:
        room.add(subparsers)
    options = parser.parse_args(arguments)
    try:
        code: Any = options.run(options)
    except ValidationError as invalid:
        print(explain(invalid), file=sys.stderr)
        return 2
    except SettingsError as unreadable:
        print(unread(unreadable), file=sys.stderr)
        return 2
    except WrongKey as wrong:
        print(wrong, file=sys.stderr)
        return UNUSABLE
    except DBAPIError as error:
        if isinstance(error, IntegrityError | DataError):
            raise
        return _tell(error)
    return int(code or 0)


def _tell(error: DBAPIError) -> int:
    lasting = causes.is_lasting(error)
    advice = "Nothing was done." if lasting else "Nothing was done: try again in a while."
    print(f"The database: {causes.told(error)}. {advice}", file=sys.stderr)
    return UNUSABLE if lasting else BUSY


def explain(invalid: ValidationError) -> str:
    """The settings that are missing or unsafe, one line each, without their values."""
    lines = [
        f"  PORTAL_{'_'.join(str(part) for part in error['loc']).upper()}: {error['msg']}"
        for error in invalid.errors(include_input=False)
    ]
    return "\n".join(["The settings cannot be used:", *lines])


def unread(unreadable: SettingsError) -> str:
    """The setting that is no list where one is needed, without its value."""
    found = re.search(r'field "(\w+)"', str(unreadable))
    name = f"PORTAL_{found[1].upper()}" if found else "one of them"
    return f'The settings cannot be used:\n  {name}: must be a list, such as ["one", "two"]'


if __name__ == "__main__":
    sys.exit(main())
