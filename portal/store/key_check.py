"""Whether PORTAL_ENCRYPTION_KEY is the key that this database was sealed with.

The database keeps a known word, sealed. It is put there the first time that somebody asks, and then only where all
that was sealed before can be opened.
"""

from sqlalchemy import Connection, Engine, bindparam, inspect, select, text
from sqlmodel import col

from portal.store.vault import SealBroken, Vault
from portal.tables.installation import Installation
from portal.tables.people import Participant

WORD, PLACE = "introportalen", "installation.key_check"
_KEPT = select(col(Installation.key_check))
_NUMBERS = select(col(Participant.pid), col(Participant.public_id))
_KEEP = text("INSERT INTO installation (id, key_check) VALUES (1, :sealed) ON CONFLICT DO NOTHING")


class WrongKey(Exception):
    """What this database keeps was sealed with another key; nothing was opened or sealed."""

    def __str__(self) -> str:
        """What to do."""
        return (
            "PORTAL_ENCRYPTION_KEY is not the key that this database was sealed with. "
            "Nothing was opened or sealed: find the right key, or the database that belongs to this one."
        )


def verify(engine: Engine, vault: Vault) -> None:
    """Returns where the key is right; raises WrongKey, or what the database says where it cannot be asked.

    A database of an older portal has no place for the word yet: there, all that is sealed is tried each time.
    """
    with engine.connect() as connection:
        if not inspect(connection).has_table("installation"):
            return opens(connection, vault)
        kept = connection.scalar(_KEPT)
    if kept is None:
        with engine.execution_options(writes=True).begin() as connection:
            kept = _keep(connection, vault)
    return _open(vault, kept, PLACE)


def opens(connection: Connection, vault: Vault) -> None:
    """Raises WrongKey unless the sealed word and every sealed number of a participant opens, as far as they are."""
    tables = inspect(connection)
    kept = connection.scalar(_KEPT) if tables.has_table("installation") else None
    if kept is not None:
        _open(vault, kept, PLACE)
    for sealed, public_id in connection.execute(_NUMBERS) if tables.has_table("participant") else ():
        _open(vault, sealed, "participant.pid", public_id)


def _keep(connection: Connection, vault: Vault) -> bytes:
    """The sealed word: ours, or that of somebody who came first."""
    opens(connection, vault)
    connection.execute(_KEEP.bindparams(bindparam("sealed", vault.seal(WORD, PLACE))))
    return bytes(connection.execute(_KEPT).scalar_one())


def _open(vault: Vault, sealed: bytes, *place: object) -> None:
    try:
        vault.open(sealed, *place)
    except SealBroken:
        raise WrongKey from None
