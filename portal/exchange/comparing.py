"""Comparing files with what is stored, before anything is locked: what would change nothing needs no lock.

What is the same is found by storing it in a session that refuses to write, so that comparing and storing cannot
disagree. What is the same when compared may be left out: nobody but an import changes what an import compares, and no
other import of the municipality runs meanwhile (`portal.exchange.alone`). What an earlier part of the same command
changes is in doubt, and is looked at again when it is stored.
"""

import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, Generic, NamedTuple, TypeVar

from sqlalchemy import Executable, event
from sqlmodel import Session

from portal.exchange.problems import Report
from portal.store.db import Store
from portal.store.rows import slices

Item = TypeVar("Item")
Found = TypeVar("Found")


class Differs(Exception):
    """Storing would write something."""


@contextmanager
def comparing(store: Store) -> Iterator[Session]:
    """A session that raises Differs where it should write."""
    with store.read_session() as session:
        event.listen(session.connection(), "before_execute", _refuse)
        yield session


def _refuse(_connection: object, statement: Executable, *_rest: Any) -> None:
    if getattr(statement, "is_dml", False):
        raise Differs


class Tried(NamedTuple, Generic[Found]):
    """What storing would give; nothing where it would write or tell something. `is_wrong`: it would tell a problem."""

    found: Found | None
    is_wrong: bool = False


IN_DOUBT: Tried[Any] = Tried(None)


def tried(store_some: Callable[[Report], Found]) -> Tried[Found]:
    """Try to store something in a session of `comparing`."""
    told, found = Report(), None
    with suppress(Differs):
        found = store_some(told)
    told.warnings.clear()  # of who stays the same they were told before
    return Tried(found if told == Report() else None, bool(told.problems))


def parted(
    given: Iterable[Item], many: int, few: int, attempt: Callable[[list[Item]], Tried[Found]]
) -> Iterator[tuple[list[Item], Found | None]]:
    """The items in order, some at a time, with what storing them would give where they are the same.

    What is not the same is tried anew, few at a time; but not where something is wrong, or all of what went before was
    new.
    """
    all_new = False
    for some in slices(given, many):
        whole = attempt(some)
        if whole.found is not None or whole.is_wrong or all_new:
            all_new = all_new and whole.found is None
            yield some, whole.found
        else:
            all_new = True
            for part in slices(some, few):
                found = attempt(part).found if len(part) < len(some) else None
                all_new = all_new and found is None
                yield part, found


def packed(text: str) -> bytes:
    """A text that waits to be stored, kept small: a first file is new from the first line to the last."""
    return zlib.compress(text.encode(), 1)


def unpacked(kept: bytes) -> str:
    """The text."""
    return zlib.decompress(kept).decode()
