"""A table keyed by a closed set has a row for every member: nothing that is added later is left without its words."""

import importlib
import pkgutil
from collections.abc import Iterator
from enum import StrEnum

import pytest

import portal

#: Tables of some members alone, and why.
OF_SOME = {
    "portal.demo.idporten.faults.ANSWERS": "elsewhere a part of the answer is another, not the whole of it",
    "portal.law.absence.RULES": "a part of `rules.RULES`",
    "portal.law.birth.RULES": "a part of `rules.RULES`",
    "portal.law.leave.RULES": "a part of `rules.RULES`",
    "portal.law.leave.EXAMPLE_DAYS": "the other examples have no number of days (IF § 14 (2))",
    "portal.law.programme.AFTER_UPPER_SECONDARY": "the other goals are for other schooling (IL § 13)",
    "portal.law.programme.BEFORE_UPPER_SECONDARY": "the other goals are for other schooling (IL § 13)",
    "portal.participant.leave.view._MEANS": "what waits for an answer is told by its days",
    "portal.participant.plan.changes._COMPARED": "what is new or gone is compared with nothing",
    "portal.law.training.RULES": "nothing else gives leave (IF § 30 (3))",
}


def tables() -> Iterator[tuple[str, dict[StrEnum, object]]]:
    """Every dictionary of a module whose keys are of one closed set, under its first name."""
    seen: set[int] = set()
    for found in pkgutil.walk_packages(portal.__path__, "portal."):
        if not found.name.endswith("__main__"):
            for name, value in vars(importlib.import_module(found.name)).items():
                if type(value) is not dict or id(value) in seen or len({type(key) for key in value}) != 1:
                    continue
                if isinstance(next(iter(value)), StrEnum):
                    seen.add(id(value))
                    yield f"{found.name}.{name}", value


@pytest.mark.parametrize(("name", "table"), [pytest.param(*found, id=found[0]) for found in tables()])
def test_a_table_has_a_row_for_every_member(name: str, table: dict[StrEnum, object]) -> None:
    missing = set(type(next(iter(table)))) - table.keys()
    assert bool(missing) is (name in OF_SOME), missing
