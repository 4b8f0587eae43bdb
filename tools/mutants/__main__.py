"""`make mutants`: draws faults, runs the tests that touch each, and prints those that no test noticed.

Started again on the same code it goes on where it was; on other code it begins anew. On one processor it takes a night.
"""

import argparse
import json
import sys
from collections.abc import Iterable
from dataclasses import asdict

from tools.mutants import house
from tools.mutants.faults import ROOMS, Fault, sample
from tools.show import Trouble, note, step
from tools.stamps import finish, is_fresh

RESULTS = house.FOLDER / "results.json"


def main() -> int:
    """Gives 0 when all was tried, however it went."""
    parser = argparse.ArgumentParser(prog="python -m tools.mutants", description=__doc__)
    parser.add_argument("--number", type=int, default=300, help="how many faults")
    parser.add_argument("--seed", type=int, default=1, help="another draw")
    parser.add_argument("--rooms", nargs="+", default=ROOMS, help="folders and files of portal/ to draw from")
    parser.add_argument("--tests", nargs="+", default=["tests"], help="the only tests to ask")
    options = parser.parse_args()
    try:
        mark = house.mark(options.tests)
        if not is_fresh("mutants", mark):
            with step("Which tests touch which lines"):
                house.make(options.tests)
            finish("mutants", mark)
        with step(f"{options.number} faults"):
            faults = sample(options.number, options.seed, options.rooms)
    except Trouble as trouble:
        print(f"\n{trouble.tail()}\n\n{trouble.sentence}", file=sys.stderr)
        return 1
    print(_report(faults, _tried(faults)))
    return 0


def _tried(faults: Iterable[Fault]) -> dict[str, str | None]:
    """What noticed each fault, by its name; kept after each."""
    results: dict[str, str | None] = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.is_file() else {}
    house.mend()
    touching = house.Touching()
    note(f"{touching.number} tests pass in the copy and may be asked.")
    for fault in faults:
        if _name(fault) in results:
            continue
        tests = touching.tests(fault)
        with step(f"{fault.path}:{fault.line}, touched by {len(tests)} tests"):
            results[_name(fault)] = house.killer(fault, len(results) + 1, tests) if tests else None
        print(f"    {results[_name(fault)] or 'SURVIVED'}")
        RESULTS.write_text(json.dumps(results, ensure_ascii=False, indent=1), encoding="utf-8")
    return results


def _name(fault: Fault) -> str:
    return json.dumps(asdict(fault), ensure_ascii=False)


def _report(faults: list[Fault], results: dict[str, str | None]) -> str:
    survived = [fault for fault in faults if results[_name(fault)] is None]
    killed = len(faults) - len(survived)
    unread = sum("::" not in (results[_name(fault)] or "::") for fault in faults)
    share = f"{killed} of {len(faults)} killed ({100 * killed / len(faults):.1f} %; {unread} before any test began)"
    return "\n\n".join(("Survived:", *(fault.diff() for fault in survived), share))


if __name__ == "__main__":
    sys.exit(main())
