"""`portal logins end`: the municipality ends logins at once, in every worker; the access log says that it did."""

import argparse
import sys
from contextlib import closing
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from portal import clock
from portal.auth import logins
from portal.settings import Settings
from portal.store.db import Store
from portal.tables.people import Municipality, Participant

REFUSED = 2


class Unknown(LookupError):
    """Nobody here goes by what was given; the text says what was expected."""


def add(subparsers: Any) -> None:
    """Add `logins` to the command line."""
    steps = subparsers.add_parser("logins", help="end logins at once").add_subparsers(required=True, metavar="STEP")
    end = steps.add_parser("end", help="sign out one participant, everybody of a municipality, or everybody")
    end.add_argument("--participant", metavar="ID", help="the municipality's own id of the participant")
    end.add_argument("--municipality", metavar="ORG", help="everybody of this one, or whose the participant is")
    end.add_argument("--all", action="store_true", help="everybody")
    end.set_defaults(run=_end)


def _end(options: argparse.Namespace) -> int:
    if options.all is bool(options.participant or options.municipality):
        print("Say whose: --participant, --municipality, or --all.", file=sys.stderr)
        return REFUSED
    with closing(Store(Settings())) as store:  # type: ignore[call-arg]  # read from the environment
        try:
            whose = None if options.all else _participants(store, options.participant, options.municipality)
        except Unknown as unknown:
            print(unknown, file=sys.stderr)
            return REFUSED
        with store.login_session() as signing:
            number = logins.end_all(signing, clock.now(), whose)
            signing.commit()
        logins.write_log(store)
    print(f"Ended: {number} login{'' if number == 1 else 's'}.")
    return 0


def _participants(store: Store, name: str | None, org_number: str | None) -> list[int]:
    with store.read_session() as session:
        home = _municipality(session, org_number)
        whose = select(col(Participant.id)).where(col(Participant.municipality_id) == home)
        found = session.scalars(whose if name is None else whose.where(col(Participant.external_id) == name)).all()
    if name is not None and not found:
        raise Unknown(f"found no participant {name!r}, expected the municipality's own id of one")
    return [each for each in found if each is not None]


def _municipality(session: Session, org_number: str | None) -> int:
    """The id of the one named, or of the only one here."""
    rows = session.execute(select(col(Municipality.org_number), col(Municipality.id))).all()
    known: dict[str, int] = {row.org_number: row.id for row in rows}
    if org_number is None and len(known) != 1:
        raise Unknown("found several municipalities, expected --municipality with the participant")
    if org_number is not None and org_number not in known:
        raise Unknown(f"found no municipality {org_number!r}, expected one of {', '.join(sorted(known))}")
    return known[org_number] if org_number is not None else next(iter(known.values()))
