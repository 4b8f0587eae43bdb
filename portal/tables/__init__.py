"""The memory: one short file per subject. Importing this package makes every table known."""

from portal.tables import (
    absence,
    allowance,
    decision,
    installation,
    leave,
    log,
    login,
    people,
    plan,
    schedule,
    texts,
    training,
)

__all__ = [
    "absence",
    "allowance",
    "decision",
    "installation",
    "leave",
    "log",
    "login",
    "people",
    "plan",
    "schedule",
    "texts",
    "training",
]
