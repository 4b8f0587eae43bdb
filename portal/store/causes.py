"""Why the database did not do what it was asked, in the words of its driver: for the log and the terminal.

Only what tells of the database itself (it is locked, full, gone, refuses us) is put into words here. A driver's other
sentences may hold what somebody typed.
"""

import errno
import os
import tempfile
from pathlib import Path

import sqlcipher3
from sqlalchemy.exc import DBAPIError

FULL = "database or disk is full"
NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
LEAST = 1 << 16  # bytes: what SQLite needs beside a file before it says anything but this:
TORN_OR_FULL = "disk I/O error"

#: What no waiting mends, in the driver's words, with what an operator may look at.
LASTING = {
    "file is not a database": "PORTAL_DATABASE_KEY is not its key, or the file is something else",
    "unable to open database file": "does its folder exist, and may this user write there?",
    "readonly database": "may this user write to the file and to its folder?",
    "password authentication failed": "see the user and the password in PORTAL_DATABASE_URL",
    "no password supplied": "see the user and the password in PORTAL_DATABASE_URL",
    "no such table": "portal db upgrade",
    'relation "': "portal db upgrade",
    "does not exist": "see PORTAL_DATABASE_URL, and make what it names",
    "no pg_hba.conf entry": "the server lets nobody in from here; see its pg_hba.conf",
    "malformed": "restore a backup: portal db restore",
}


def told(error: DBAPIError) -> str:
    """The driver's sentence, and what to look at where that is known. It holds no value and no password."""
    said = _said(error)
    return next((f"{said} ({hint})" for words, hint in LASTING.items() if words in said), said)


def is_lasting(error: DBAPIError) -> bool:
    """Whether trying again cannot help until somebody has changed something."""
    said = _said(error)
    return any(words in said for words in LASTING)


def is_locked(error: DBAPIError) -> bool:
    """Whether only somebody else, who writes at this moment, was in the way."""
    return "database is locked" in _said(error) or "lock timeout" in _said(error)


def has_no_room(error: OSError) -> bool:
    """Whether a file could not be written since the disk, or what its user may have of it, is full."""
    return error.errno in NO_ROOM


def as_full(error: BaseException | None, file: Path) -> sqlcipher3.OperationalError | None:
    """What SQLite should have said where it could not even read, since there is no room beside the file."""
    if TORN_OR_FULL not in str(error):
        return None
    try:
        with tempfile.TemporaryFile(dir=file.parent) as probe:
            os.posix_fallocate(probe.fileno(), 0, LEAST)
    except OSError as refused:
        return sqlcipher3.OperationalError(FULL) if has_no_room(refused) else None
    return None


def _said(error: DBAPIError) -> str:
    primary = getattr(getattr(error.orig, "diag", None), "message_primary", None)
    return " ".join(str(primary or error.orig).split())
