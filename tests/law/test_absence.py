"""Absence for illness, row by row: the section is the id (IF chapter 3, §§ 5–9)."""

import pytest

from portal.law import absence
from portal.law.calendar import add_days, is_working_day
from portal.law.case import Policy
from portal.law.vocabulary import LeaveKind
from tests.law.making import ask, child, d, had, judged, person, shown

PARENT = {"children": ["2017-03-09"]}
CERTIFIED = {"documentation": "self_certified"}
MEDICAL = {"documentation": "medical"}


def used(days: int, first: str = "2026-05-04") -> list:
    """Days with a sick child, one row a day from a Monday, weekdays only and no days off among them."""
    rows, day = [], d(first)
    while len(rows) < days:
        if is_working_day(day):
            rows.append(had("child_illness", day.isoformat(), **MEDICAL))
        day = add_days(day, 1)
    return rows


OWN_ILLNESS = [
    pytest.param(
        ask("own_illness", "2026-10-19", "2026-10-21"),
        [],
        {"outcome": "right", "section": "IF § 5", "allowance": "kept", "decision": "none", "reasons": [],
         "self_certified": 3, "medical_from": None, "covered": 3, "limit": None},
        id="IF § 5 (1), § 8 (1): three calendar days by self-certification keep the allowance",
    ),
    pytest.param(
        ask("own_illness", "2026-10-19", "2026-10-22"),
        [],
        {"outcome": "right", "self_certified": 3, "medical_from": "2026-10-22", "reasons": []},
        id="IF § 8 (2): the fourth day needs a medical statement",
    ),
    pytest.param(
        ask("own_illness", "2026-10-16", "2026-10-19"),
        [],
        {"self_certified": 3, "medical_from": "2026-10-19", "working": 2},
        id="IF § 8 (1): calendar days count, a weekend too",
    ),
    pytest.param(
        ask("own_illness", "2026-10-19", "2027-03-31", **MEDICAL),
        [],
        {"outcome": "right", "allowance": "kept", "reasons": [], "beyond": 0, "limit": None},
        id="IF § 5 (1): a medical statement carries without a cap",
    ),
    pytest.param(
        ask("own_illness", "2026-10-17", "2026-10-18"),
        [],
        {"outcome": "right", "working": 0, "reasons": ["not_working_days"], "self_certified": 2},
        id="IF § 17 (1): ill on a weekend is no absence",
    ),
    pytest.param(
        ask("own_illness", "2026-03-29"),
        [],
        {"outcome": "right", "self_certified": 0, "medical_from": "2026-03-29",
         "reasons": ["too_early_for_self_certification", "medical_certificate_needed", "not_working_days"]},
        id="IF § 8 (1): one day short of eight weeks, self-certification is not yet open",
    ),
    pytest.param(
        ask("own_illness", "2026-03-30"),
        [],
        {"outcome": "right", "self_certified": 1, "medical_from": None, "reasons": []},
        id="IF § 8 (1): after eight weeks it is",
    ),
    pytest.param(
        ask("own_illness", "2026-03-16", **CERTIFIED),
        [],
        {"outcome": "right", "allowance": "kept", "self_certified": 0,
         "reasons": ["too_early_for_self_certification", "medical_certificate_needed"]},
        id="IF § 8 (1): week 7 needs a medical statement, and is never refused",
    ),
    pytest.param(
        ask("own_illness", "2026-03-16", **MEDICAL),
        [],
        {"outcome": "right", "reasons": []},
        id="IF § 5 (1): week 7 with a medical statement (control)",
    ),
]  # fmt: skip

SIXTEEN_DAYS = [
    pytest.param("2026-10-19", [had("own_illness", "2026-10-06", "2026-10-07", **CERTIFIED)], 1,
                 id="IF § 8 (1): 12 days after, the earlier two days count"),
    pytest.param("2026-10-23", [had("own_illness", "2026-10-06", "2026-10-07", **CERTIFIED)], 1,
                 id="IF § 8 (1): 16 days after the last day still counts"),
    pytest.param("2026-10-24", [had("own_illness", "2026-10-06", "2026-10-07", **CERTIFIED)], 3,
                 id="IF § 8 (1): 17 days after does not"),
    pytest.param("2026-10-19", [had("own_illness", "2026-10-06", "2026-10-07")], 1,
                 id="IF § 8 (1): days without any paper count alike"),
    pytest.param("2026-10-19", [had("own_illness", "2026-10-06", "2026-10-09", **MEDICAL)], 3,
                 id="IF § 8 (1): days with a medical statement do not count"),
    pytest.param("2026-10-19", [had("own_illness", "2026-10-06", "2026-10-09", medical_from="2026-10-08", **MEDICAL)],
                 1, id="IF § 8 (1): the days before the medical statement do"),
    pytest.param("2026-10-19", [had("child_illness", "2026-10-06", "2026-10-08", **CERTIFIED)], 3,
                 id="IF § 8 (1): a child's illness does not use up one's own"),
    pytest.param("2026-10-19", [had("own_illness", "2026-10-16", "2026-10-18", **CERTIFIED)], 0,
                 id="IF § 8 (1): three days that run up to the new absence leave none"),
    pytest.param("2026-10-23", [had("own_illness", day, **CERTIFIED) for day in ("2026-10-06", "2026-10-07")], 1,
                 id="IF § 8 (1): rows that meet are one absence, counted from its last day"),
    pytest.param("2026-10-19", [had("own_illness", "2026-10-06", status="withdrawn")], 3,
                 id="a withdrawn row counts for nothing"),
    pytest.param("2026-10-19", [had("own_illness", "2026-10-20", "2026-10-21", **CERTIFIED)], 3,
                 id="IF § 8 (1): later days are not earlier days"),
]  # fmt: skip

LIMITS = [
    pytest.param({"children": ["2017-03-09"]}, 10, id="IF § 7 (1): one child, 10"),
    pytest.param({"children": ["2017-03-09", "2019-01-01"]}, 10, id="IF § 7 (1): two children, 10"),
    pytest.param({"children": ["2017-03-09", "2019-01-01", "2022-01-01"]}, 15, id="IF § 7 (1): more than two, 15"),
    pytest.param({"children": ["2017-03-09"], "sole_carer": True}, 20, id="IF § 7 (1): alone, 20"),
    pytest.param({"children": ["2014-03-09", "2017-01-01", "2022-01-01"], "sole_carer": True}, 30,
                 id="IF § 7 (1): alone with more than two, 30"),
    pytest.param({"children": [child("2017-03-09", chronic=True)]}, 20, id="IF § 7 (2): chronic, 20"),
    pytest.param({"children": [child("2017-03-09", chronic=True), "2019-01-01", "2022-01-01"]}, 20,
                 id="IF § 7 (2): chronic among more than two, 20"),
    pytest.param({"children": [child("2017-03-09", chronic=True)], "sole_carer": True}, 40,
                 id="IF § 7 (2): chronic and alone, 40"),
    pytest.param({"children": [child("2009-03-09", chronic=True), "2017-01-01"]}, 20,
                 id="IF § 6 (2), § 7 (2): a chronically ill child of 17"),
    pytest.param({"children": ["2013-12-31", "2017-01-01", "2022-01-01"]}, 10,
                 id="IF § 6 (2): a child too old does not make more than two"),
    pytest.param({"children": ["2017-01-01", "2022-01-01", "2026-12-01"]}, 10,
                 id="IF § 7 (1): nor does a child not yet born"),
]  # fmt: skip

AGES = [
    pytest.param(
        "2014-01-01", "2026-12-31", False, "right", id="IF § 6 (2): the last day of the year the child turns 12"
    ),
    pytest.param("2014-01-01", "2027-01-04", False, "not_available", id="IF § 6 (2): the first week of the year after"),
    pytest.param("2008-01-01", "2026-12-31", True, "right", id="IF § 6 (2): chronic, the year the child turns 18"),
    pytest.param("2008-01-01", "2027-01-04", True, "not_available", id="IF § 6 (2): chronic, the year after"),
]


@pytest.mark.parametrize(("request_", "history", "expected"), OWN_ILLNESS)
def test_own_illness(request_, history, expected):
    assert shown(judged(request_, *history), expected) == expected


@pytest.mark.parametrize(("first_day", "history", "days"), SIXTEEN_DAYS)
def test_days_left_to_self_certify(first_day, history, days):
    found = judged(ask("own_illness", first_day, "2026-10-30"), *history)
    assert found.self_certified_days == days
    assert (found.reasons != ()) == (days == 0)


def test_used_up_says_so():
    """IF § 8: the 16-day rule leaves nothing; with a statement the same absence is clean."""
    history = [had("own_illness", "2026-10-12", "2026-10-14", **CERTIFIED)]
    found = shown(judged(ask("own_illness", "2026-10-19"), *history), ["outcome", "reasons", "medical_from"])
    assert found == {
        "outcome": "right",
        "reasons": ["self_certification_used_up", "medical_certificate_needed"],
        "medical_from": "2026-10-19",
    }
    assert judged(ask("own_illness", "2026-10-19", **MEDICAL), *history).reasons == ()


def test_withdrawn_right_to_self_certify():
    """IF § 9: the municipality has decided to withdraw; control without the decision."""
    who = person(self_certification_withdrawn=True)
    names = ["outcome", "self_certified", "reasons"]
    assert shown(judged(ask("own_illness", "2026-10-19"), who=who), names) == {
        "outcome": "right",
        "self_certified": 0,
        "reasons": ["self_certification_withdrawn", "medical_certificate_needed"],
    }
    assert shown(judged(ask("own_illness", "2026-10-19")), names)["reasons"] == []


@pytest.mark.parametrize(("who", "limit"), LIMITS)
def test_limit_of_days_with_a_sick_child(who, limit):
    found = judged(ask("child_illness", "2026-10-19"), who=person(**who))
    assert shown(found, ["limit", "left", "period"]) == {
        "limit": limit,
        "left": limit - 1,
        "period": "rolling_12_months",
    }


@pytest.mark.parametrize(("who", "limit"), LIMITS)
def test_edges_of_every_limit(who, limit):
    """IF § 7: the last day within, the first beyond."""
    full = judged(ask("child_illness", "2026-10-19", **MEDICAL), *used(limit - 1), who=person(**who))
    over = judged(ask("child_illness", "2026-10-19", **MEDICAL), *used(limit), who=person(**who))
    names = ["outcome", "covered", "beyond", "left", "reasons"]
    assert shown(full, names) == {"outcome": "right", "covered": 1, "beyond": 0, "left": 0, "reasons": []}
    assert shown(over, names) == {
        "outcome": "not_available", "covered": 0, "beyond": 1, "left": 0, "reasons": ["over_quota"],
    }  # fmt: skip


@pytest.mark.parametrize(("born", "day", "chronic", "outcome"), AGES)
def test_age_of_the_child(born, day, chronic, outcome):
    found = judged(ask("child_illness", day), who=person(children=[child(born, chronic=chronic)]))
    assert found.outcome.value == outcome
    assert [reason.value for reason in found.reasons] == ([] if outcome == "right" else ["child_too_old"])


def test_no_child():
    """IF § 6 (1): the right is for those who care for a child."""
    found = judged(ask("child_illness", "2026-10-19"))
    names = ["outcome", "section", "reasons", "covered", "allowance", "limit"]
    assert shown(found, names) == {
        "outcome": "not_available", "section": "IF § 6", "reasons": ["no_child"], "covered": 0, "allowance": "none",
        "limit": None,
    }  # fmt: skip


def test_child_too_old_in_the_middle():
    """IF § 6 (2): over New Year, the days until 31 December are covered."""
    found = judged(ask("child_illness", "2026-12-28", "2027-01-06", **MEDICAL), who=person(children=["2014-06-01"]))
    assert shown(found, ["outcome", "covered", "beyond", "reasons"]) == {
        "outcome": "right", "covered": 4, "beyond": 3, "reasons": ["child_too_old"],
    }  # fmt: skip


ROLLING = [
    pytest.param(
        ["2025-10-23"], "2026-10-23", 0, "2025-10-24", id="IF § 7: the same date a year before has fallen out"
    ),
    pytest.param(["2025-10-24"], "2026-10-23", 1, "2025-10-24", id="IF § 7: the day after it counts"),
    pytest.param(["2025-10-24"], "2026-10-26", 0, "2025-10-27", id="IF § 7: and falls out on Monday"),
]


@pytest.mark.parametrize(("days", "asked", "count", "since"), ROLLING)
def test_days_fall_out_of_the_12_months(days, asked, count, since):
    who = person(start="2025-02-03", **PARENT)
    history = [had("child_illness", day, **MEDICAL) for day in days]
    found = judged(ask("child_illness", asked), *history, who=who)
    assert shown(found, ["used", "period_from", "period_to"]) == {
        "used": count, "period_from": since, "period_to": asked,
    }  # fmt: skip


def test_the_tightest_day_rules():
    """IF § 7: one day of ten falls out between Monday and Tuesday; Monday's window rules the request."""
    who = person(start="2025-02-03", **PARENT)
    history = [had("child_illness", "2025-10-20", **MEDICAL), *used(9)]
    found = judged(ask("child_illness", "2026-10-19", "2026-10-20", **MEDICAL), *history, who=who)
    names = ["used", "covered", "beyond", "after", "left", "period_from", "period_to"]
    assert shown(found, names) == {
        "used": 10, "covered": 0, "beyond": 2, "after": 10, "left": 0,
        "period_from": "2025-10-20", "period_to": "2026-10-19",
    }  # fmt: skip
    alone = judged(ask("child_illness", "2026-10-20", **MEDICAL), *history, who=who)
    assert shown(alone, ["used", "covered"]) == {"used": 9, "covered": 1}


UNDER_EIGHT_WEEKS = [
    pytest.param({}, {}, "discretion", ["under_eight_weeks_unclear"], 0, id="IF § 8 unclear: to the municipality"),
    pytest.param({"self_certification_child_from_day_one": True}, {}, "right", [], 1, id="policy: from day one"),
    pytest.param({}, MEDICAL, "right", [], 0, id="IF § 6: with a medical statement (control)"),
]


@pytest.mark.parametrize(("policy", "paper", "outcome", "reasons", "days"), UNDER_EIGHT_WEEKS)
def test_sick_child_before_eight_weeks(policy, paper, outcome, reasons, days):
    found = judged(ask("child_illness", "2026-03-16", **paper), who=person(**PARENT), policy=Policy.of(policy))
    assert shown(found, ["outcome", "reasons", "self_certified"]) == {
        "outcome": outcome, "reasons": reasons, "self_certified": days,
    }  # fmt: skip
    assert found.allowance.value == ("kept" if outcome == "right" else "kept_if_granted")
    assert found.decision.value == ("none" if outcome == "right" else "decision")


STANDINGS = [
    pytest.param(None, (1, 0), id="registered"),
    pytest.param("granted", (1, 0), id="granted"),
    pytest.param("sent", (0, 1), id="sent is pending"),
    pytest.param("refused", (0, 0), id="refused counts for nothing"),
    pytest.param("withdrawn", (0, 0), id="withdrawn counts for nothing"),
]


@pytest.mark.parametrize(("status", "counts"), STANDINGS)
def test_what_counts_of_the_history(status, counts):
    facts = {"status": status} if status else {}
    found = judged(
        ask("child_illness", "2026-10-19"), had("child_illness", "2026-10-05", **facts), who=person(**PARENT)
    )
    assert found.quota
    assert (found.quota.used, found.quota.pending) == counts


def test_a_day_counts_once():
    """IF § 7: rows on the same day, parts of a day, and the asked days themselves."""
    rows = [
        had("child_illness", "2026-10-05", "2026-10-07"),
        had("child_illness", "2026-10-07", hours="2"),
        had("child_illness", "2026-10-07", "2026-10-08", status="sent"),
        had("child_illness", "2026-10-10", "2026-10-11"),
        had("child_illness", "2026-10-19"),
    ]
    found = judged(ask("child_illness", "2026-10-19", "2026-10-20", **MEDICAL), *rows, who=person(**PARENT))
    assert shown(found, ["used", "pending", "after", "left"]) == {"used": 3, "pending": 1, "after": 6, "left": 4}


COUNTED = [
    pytest.param([], 0, id="none"),
    pytest.param([had("own_illness", "2026-09-07", **CERTIFIED), had("child_illness", "2026-08-03")], 2,
                 id="IF § 9 (1): one's own and a child's"),
    pytest.param([had("own_illness", "2026-09-07", "2026-09-11", medical_from="2026-09-10", **MEDICAL)], 0,
                 id="IF § 9 (2): a medical statement from the fourth day"),
    pytest.param([had("own_illness", "2026-09-07", "2026-09-09", **MEDICAL)], 0, id="IF § 9 (1): with a statement"),
    pytest.param([had("own_illness", "2025-10-19", **CERTIFIED)], 0, id="IF § 9 (1): more than 12 months ago"),
    pytest.param([had("own_illness", "2025-10-20", **CERTIFIED)], 1, id="IF § 9 (1): within 12 months"),
    pytest.param([had("own_illness", "2026-09-07"), had("own_illness", "2026-09-08")], 1, id="one spell is one"),
]  # fmt: skip


@pytest.mark.parametrize(("history", "number"), COUNTED)
def test_self_certified_absences(history, number):
    assert absence.self_certified_absences(history, d("2026-10-19")) == number


def test_withdrawal_is_looked_at_again_within_six_months():
    """IF § 9 (3)."""
    assert absence.reconsider_withdrawal_by(d("2026-08-31")) == d("2027-02-28")


UNTIL = [
    (
        "IF § 8 (1)-the sixteenth day still counts",
        "2026-10-23",
        [("2026-10-06", "2026-10-07", CERTIFIED)],
        "2026-10-23",
    ),
    ("IF § 8 (1)-the seventeenth does not", "2026-10-24", [("2026-10-06", "2026-10-07", CERTIFIED)], None),
    (
        "IF § 8 (1)-the later of two",
        "2026-10-19",
        [("2026-10-06", "2026-10-06", CERTIFIED), ("2026-10-12", "2026-10-12", CERTIFIED)],
        "2026-10-28",
    ),
    ("IF § 8 (1)-with a statement nothing is used", "2026-10-19", [("2026-10-12", "2026-10-14", MEDICAL)], None),
]


@pytest.mark.parametrize(("day", "rows", "until"), [row[1:] for row in UNTIL], ids=[row[0] for row in UNTIL])
def test_when_days_to_self_certify_are_back(day: str, rows: list, until: str | None) -> None:
    history = [had("own_illness", first, last, **facts) for first, last, facts in rows]
    found = absence.undocumented_until(history, LeaveKind.OWN_ILLNESS, d(day))
    assert found == (d(until) if until else None)
