"""Which languages letters from the municipality may be in, and which one they are in now."""

from collections.abc import Iterable
from typing import NamedTuple

from babel import Locale, UnknownLocaleError

from portal.i18n import BY_ID, Language, match
from portal.participant.me.queries import ContactRow


class Offered(NamedTuple):
    """A language as it is offered: its tag, its own name, its direction, and whether letters are in it now."""

    id: str
    autonym: str
    direction: str
    now: bool


def offered(shown: Iterable[Language], registered: ContactRow) -> list[Offered]:
    """The languages shown here, and those of the participant that are not: the one on record, and the one chosen."""
    now = registered.chosen_language or registered.language
    ids = [language.id for language in shown]
    own = [tag for tag in dict.fromkeys((now, registered.language)) if match(tag) not in ids]
    return [
        *(Offered(tag, *_name(tag), now=tag == now) for tag in own),
        *(Offered(row.id, row.autonym, row.direction, now=match(now) == row.id) for row in shown),
    ]


def wanted(tag: str, shown: Iterable[Language], registered: ContactRow) -> str | None:
    """What to remember for the answer `tag`: one's own language as it stands, or one that is shown; None for others."""
    if tag and tag in (registered.language, registered.chosen_language):
        return tag
    return found if (found := match(tag)) in {language.id for language in shown} else None


def _name(tag: str) -> tuple[str, str]:
    """A language's own name and direction; the tag itself where nobody knows a name."""
    known = BY_ID.get(match(tag) or "")
    if known:
        return known.autonym, known.direction
    try:
        locale = Locale.parse(tag, sep="-")
    except (UnknownLocaleError, ValueError):
        return tag, "ltr"
    name = locale.get_display_name() or tag
    return name[:1].upper() + name[1:], locale.text_direction
