"""The only reader of the clock."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

OSLO = ZoneInfo("Europe/Oslo")
AHEAD = timedelta(minutes=5)  # how much the clock of somebody who sends us something may be ahead


def now() -> datetime:
    """The present moment, aware, in UTC: what tables store."""
    return datetime.now(UTC)


def local(moment: datetime) -> datetime:
    """The same moment on a Norwegian clock."""
    return moment.astimezone(OSLO)


def today() -> date:
    """Today's date in Norway."""
    return local(now()).date()
