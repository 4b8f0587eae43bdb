"""The pages after one another say the same, for every kind of leave, by whoever asks and whatever is answered."""

from dataclasses import replace
from datetime import date
from itertools import groupby

import pytest

from tests.house import contradictions
from tests.house.reading import DECIDED, Case, Length, Outcome, Page, Reader, cases, lines_of

TODAY = date(2026, 11, 30)


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    return Reader(tmp_path_factory.mktemp("reading"))


def some(reader: Reader) -> list[Case]:
    """Each kind of leave twice, by one person after the other: for weeks, which few rules give whole, and otherwise."""
    kinds = [list(of_kind) for _what, of_kind in groupby(cases(reader.people), key=lambda case: case.what)]
    weeks = [next(case for case in of_kind if case.length is Length.WEEKS) for of_kind in kinds]
    others = [[case for case in of_kind if case.length is not Length.WEEKS] for of_kind in kinds]
    return [*weeks, *(some[number % len(some)] for number, some in enumerate(others))]


def test_no_page_says_something_against_itself_or_the_page_before(reader: Reader) -> None:
    found, decided = [], set()
    for case in some(reader):
        pages = list(reader.read(case, ["nb"]))
        decided |= {page.name for page in pages}
        found += [f"{case} · {page.name}: {fault}" for page in pages for fault in contradictions.of(page, reader.today)]
        found += [f"{case}: {fault}" for fault in contradictions.between(pages)]
    assert {f"svaret: {outcome}" for outcome in DECIDED} <= decided, "the control: something was decided"
    assert found == []


def test_every_person_every_kind_and_every_outcome_is_read() -> None:
    people = [f"person {number}" for number in range(12)]
    found = cases(people)
    assert {case.person for case in found} == set(people)
    assert {case.outcome for case in found} == set(Outcome)
    assert {case.length for case in found} == set(Length)
    kinds = {(case.person, case.what) for case in found}
    assert len(kinds) == len(people) * len({case.what for case in found})


TWO = ("Dager", "2 dager, mandag 14.12. – tirsdag 15.12.2026")
PAGE = Page("somebody", "betyr", "nb", (), "")


@pytest.mark.parametrize(
    ("said", "well"),
    [
        (("Siste dag for å klage var mandag 02.11.2026.", "Du kan klage."), ("Du kan klage.",)),
        (("Du får svar senest mandag 14.12.2026.",) * 2, ("Du får svar senest mandag 14.12.2026.",)),
        (("Lever den senest fredag 27.11.2026.",), ("Lever den senest mandag 30.11.2026.",)),
        ((*TWO, "1 denne gangen"), (*TWO, "2 denne gangen")),
        ((*TWO, "1 denne gangen"), (*TWO, "1 denne gangen", "Det er flere dager enn reglene sier")),
        ((*TWO, "1 denne gangen"), (*TWO, "1 denne gangen", "1 denne gangen")),
        (("Etter reglene har du rett til dette.", "Det er 4 dager mer enn du har igjen."), ("Kommunen bestemmer",)),
        (("0 kr mindre", "759 kr mindre på utbetalingen 15.12."), ("759 kr mindre på utbetalingen 15.12.",)),
        (
            ("Du trenger ikke vente på svar", "Du får svar senest mandag 14.12.2026."),
            ("Du trenger ikke vente på svar",),
        ),
    ],
)
def test_a_contradiction_is_seen(said: tuple[str, ...], well: tuple[str, ...]) -> None:
    assert list(contradictions.of(replace(PAGE, lines=said), TODAY))
    assert list(contradictions.of(replace(PAGE, lines=well), TODAY)) == []


def test_days_that_grow_between_asking_and_answer_are_seen() -> None:
    before = replace(PAGE, lines=("2 denne gangen",))
    after = replace(PAGE, name="svaret: innvilget", lines=("Du bruker 3 dager til dette.",))
    assert list(contradictions.between([before, after]))
    same = replace(after, lines=("Du bruker 2 dager til dette.",))
    assert list(contradictions.between([before, same])) == []


def test_a_line_is_a_paragraph() -> None:
    page = "<main id=main><h1>Fravær</h1><p>Du <bdi>2</bdi> er.</p><svg/><ul><li>a</li><li>b</li></ul></main>"
    assert lines_of(page) == ["# Fravær", "Du 2 er.", "a", "b"]
