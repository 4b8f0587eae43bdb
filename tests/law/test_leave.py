"""Time off and leave, row by row: the section is the id (IF chapter 4, §§ 14, 14 a, 15, 17, 18)."""

import pytest

from portal.law.case import Case, Policy
from portal.law.rules import quota_on
from tests.law.making import ask, d, had, judged, person, shown

MEDICAL = {"documentation": "medical"}
YEAR = {"period": "calendar_year", "period_from": "2026-01-01", "period_to": "2026-12-31"}

KINDS = [
    pytest.param(
        ask("welfare", "2026-11-09", "2026-11-10"),
        {"outcome": "discretion", "section": "IF § 14", "allowance": "kept_if_granted", "decision": "decision",
         "limit": 10, "left": 8, "reasons": [], **YEAR},
        id="IF § 14 (1): welfare leave is for the municipality to grant",
    ),
    pytest.param(
        ask("peace_work", "2026-11-09", "2026-11-20"),
        {"outcome": "discretion", "section": "IF § 14 a", "allowance": "kept_if_granted", "decision": "decision",
         "covered": 10, "limit": 10, "left": 0, **YEAR},
        id="IF § 14 a: peace work",
    ),
    pytest.param(
        ask("long_illness", "2026-11-09", "2027-11-08", **MEDICAL),
        {"outcome": "right", "section": "IF § 15", "allowance": "none", "decision": "decision", "beyond": 0,
         "reasons": [], "limit": None, "self_certified": 0},
        id="IF § 15: up to a year, without allowance",
    ),
    pytest.param(
        ask("long_illness", "2026-11-09", "2027-11-09", **MEDICAL),
        {"outcome": "right", "beyond": 1, "reasons": ["too_long"]},
        id="IF § 15: a day more than a year",
    ),
    pytest.param(
        ask("long_illness", "2026-11-09", "2026-12-18"),
        {"outcome": "right", "reasons": ["medical_certificate_needed"], "medical_from": "2026-11-09"},
        id="IF § 15: on the grounds of a medical statement",
    ),
    pytest.param(
        ask("religious_day", "2027-01-07", notice="2026-12-24"),
        {"outcome": "right", "section": "IF § 17", "allowance": "kept", "decision": "notification", "adds": False,
         "limit": 2, "left": 1, "reasons": [], "period": "calendar_year", "period_from": "2027-01-01"},
        id="IF § 17 (2): told of 14 days before",
    ),
    pytest.param(
        ask("religious_day", "2027-01-07", notice="2026-12-25"),
        {"outcome": "discretion", "allowance": "kept_if_granted", "decision": "decision",
         "reasons": ["notice_too_late"]},
        id="IF § 17 (2): 13 days before goes to the municipality",
    ),
    pytest.param(
        ask("religious_day", "2026-10-30"),
        {"outcome": "discretion", "reasons": ["notice_too_late"]},
        id="IF § 17 (2): without a day of notice, today is meant",
    ),
    pytest.param(
        ask("religious_day", "2026-12-07", "2026-12-09", notice="2026-11-01"),
        {"outcome": "right", "covered": 2, "beyond": 1, "left": 0, "reasons": ["over_quota"]},
        id="IF § 17 (2): the third of three days",
    ),
    pytest.param(
        ask("holiday", "2026-12-21", "2026-12-31"),
        {"outcome": "right", "section": "IF § 18", "allowance": "kept", "decision": "scheduling", "adds": False,
         "working": 8, "limit": 25, "left": 17, **YEAR},
        id="IF § 18: the municipality sets the time, days off are not used",
    ),
    pytest.param(
        ask("other", "2026-11-09"),
        {"outcome": "not_available", "section": "IL § 17", "allowance": "none", "decision": "none", "covered": 0,
         "beyond": 1, "reasons": ["no_ground_in_regulation"], "limit": None},
        id="IL § 17: the regulation has no ground",
    ),
    pytest.param(
        ask("welfare", "2026-12-24", "2027-01-04"),
        {"working": 6, "covered": 6, "beyond": 0, "limit": 10},
        id="IF § 17 (1): days off inside a leave are not counted",
    ),
    pytest.param(
        ask("welfare", "2026-12-25", "2026-12-27"),
        {"outcome": "discretion", "working": 0, "reasons": ["not_working_days"], "left": 10},
        id="IF § 17 (1): nothing but days off",
    ),
    pytest.param(
        ask("welfare", "2028-01-31", "2028-02-03"),
        {"outcome": "discretion", "covered": 2, "beyond": 2, "reasons": ["outside_programme"]},
        id="IL § 17: the last days of the programme",
    ),
    pytest.param(
        ask("welfare", "2026-01-30"),
        {"outcome": "not_available", "covered": 0, "beyond": 1, "reasons": ["outside_programme"], "decision": "none"},
        id="IL § 17: before the programme",
    ),
    pytest.param(
        ask("welfare", "2026-11-09", hours="3"),
        {"working": 1, "covered": 1, "left": 9},
        id="IF § 14 (1): part of a day is counted as the day",
    ),
]  # fmt: skip

EXAMPLES = [
    pytest.param("kindergarten_start", {}, 3, id="IF § 14 (2) a: settling a child in kindergarten, three"),
    pytest.param("school_start", {}, 1, id="IF § 14 (2) b: a child's first day of school, one"),
    pytest.param("wedding", {}, 1, id="IF § 14 (2) c: one's own wedding, that day"),
    pytest.param("bereavement", {}, 3, id="IF § 14 (2) d: a death, three"),
    pytest.param("bereavement", {"travel_days": 2}, 5, id="IF § 14 (3): and the necessary days of travel"),
    pytest.param("interview_or_admission", {}, 10, id="IF § 14 (2) e: interview or admission, within the ten"),
    pytest.param("doctor_or_dentist", {}, 10, id="IF § 14 (2) e: doctor or dentist, within the ten"),
    pytest.param("care_for_relative", {}, 10, id="IF § 14 (2) f: caring for a relative, within the ten"),
    pytest.param("other", {}, 10, id="IF § 14 (1): another important reason, within the ten"),
]

TENS = ["welfare", "peace_work"]


@pytest.mark.parametrize(("request_", "expected"), KINDS)
def test_kinds(request_, expected):
    assert shown(judged(request_), expected) == expected


@pytest.mark.parametrize(("reason", "facts", "days"), EXAMPLES)
def test_examples_of_welfare_leave(reason, facts, days):
    """The most that an example reaches is covered; a day more stands beyond it, and stays for the municipality."""
    facts = {"reason": reason, **facts}
    last = {1: "2026-11-09", 3: "2026-11-11", 5: "2026-11-13", 10: "2026-11-20"}[days]
    after = {1: "2026-11-10", 3: "2026-11-12", 5: "2026-11-16", 10: "2026-11-23"}[days]
    within = judged(ask("welfare", "2026-11-09", last, **facts))
    beyond = judged(ask("welfare", "2026-11-09", after, **facts))
    names = ["outcome", "covered", "beyond", "reasons"]
    assert shown(within, names) == {"outcome": "discretion", "covered": days, "beyond": 0, "reasons": []}
    reason_beyond = "over_quota" if days == 10 else "too_long"
    assert shown(beyond, names) == {
        "outcome": "discretion", "covered": days, "beyond": 1, "reasons": [reason_beyond],
    }  # fmt: skip


@pytest.mark.parametrize("kind", TENS)
def test_ten_a_calendar_year(kind):
    """IF §§ 14, 14 a: the tenth is within, the eleventh is not; another year is another ten."""
    nine = had(kind, "2026-06-01", "2026-06-11", status="granted")
    ten = had(kind, "2026-06-01", "2026-06-12", status="granted")
    names = ["outcome", "used", "covered", "left", "reasons"]
    assert shown(judged(ask(kind, "2026-11-09"), nine), names) == {
        "outcome": "discretion", "used": 9, "covered": 1, "left": 0, "reasons": [],
    }  # fmt: skip
    assert shown(judged(ask(kind, "2026-11-09"), ten), names) == {
        "outcome": "not_available", "used": 10, "covered": 0, "left": 0, "reasons": ["over_quota"],
    }  # fmt: skip
    assert shown(judged(ask(kind, "2027-01-11"), ten), names)["used"] == 0


def test_sent_days_wait():
    """IF § 14: what is sent takes its place in the quota."""
    rows = [
        had("welfare", "2026-06-01", "2026-06-05", status="granted"),
        had("welfare", "2026-09-01", "2026-09-04", status="sent"),
        had("welfare", "2026-09-14", "2026-09-18", status="refused"),
        had("welfare", "2026-09-21", "2026-09-25", status="withdrawn"),
    ]
    found = judged(ask("welfare", "2026-11-09", "2026-11-10"), *rows)
    assert shown(found, ["used", "pending", "covered", "beyond", "after", "left"]) == {
        "used": 5, "pending": 4, "covered": 1, "beyond": 1, "after": 10, "left": 0,
    }  # fmt: skip


def test_over_new_year_each_year_has_its_own():
    """IF § 14: the last days of one year and the first of the next."""
    nine = had("welfare", "2026-06-01", "2026-06-11", status="granted")
    found = judged(ask("welfare", "2026-12-30", "2027-01-05"), nine)
    names = ["covered", "beyond", "used", "after", "left", "period_from", "reasons"]
    assert shown(found, names) == {
        "covered": 3, "beyond": 1, "used": 9, "after": 10, "left": 0, "period_from": "2026-01-01",
        "reasons": ["over_quota"],
    }  # fmt: skip


def test_third_religious_day():
    """IF § 17 (2): not covered."""
    two = [had("religious_day", "2026-03-20"), had("religious_day", "2026-05-27")]
    found = judged(ask("religious_day", "2026-12-07", notice="2026-11-01"), *two)
    assert shown(found, ["outcome", "covered", "reasons", "decision"]) == {
        "outcome": "not_available", "covered": 0, "reasons": ["over_quota"], "decision": "none",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("year", "used", "period"),
    [
        pytest.param("calendar", 0, ("2027-01-01", "2027-12-31"), id="IF § 18 silent: the calendar year"),
        pytest.param("programme", 20, ("2026-02-02", "2027-02-01"), id="IF § 18 silent: the year of the programme"),
    ],
)
def test_year_of_holiday(year, used, period):
    summer = had("holiday", "2026-07-06", "2026-07-31")
    found = judged(ask("holiday", "2027-01-11", "2027-01-15"), summer, policy=Policy.of({"holiday_year": year}))
    assert shown(found, ["used", "left", "period_from", "period_to"]) == {
        "used": used, "left": 20 - used, "period_from": period[0], "period_to": period[1],
    }  # fmt: skip


def test_twenty_sixth_day_of_holiday():
    """IF § 18: up to 25."""
    summer = had("holiday", "2026-07-06", "2026-08-06")
    assert shown(judged(ask("holiday", "2026-10-26", "2026-10-27"), summer), ["used", "covered", "beyond"]) == {
        "used": 24, "covered": 1, "beyond": 1,
    }  # fmt: skip


def test_long_illness_continues():
    """IF § 15: a leave that goes on is one leave."""
    before = had("long_illness", "2026-02-09", "2026-11-08", **MEDICAL)
    found = judged(ask("long_illness", "2026-11-09", "2027-02-09", **MEDICAL), before)
    assert shown(found, ["beyond", "reasons"]) == {"beyond": 1, "reasons": ["too_long"]}
    apart = judged(ask("long_illness", "2026-11-10", "2027-02-09", **MEDICAL), before)
    assert shown(apart, ["beyond", "reasons"]) == {"beyond": 0, "reasons": []}


ADDED = [
    pytest.param([], "2026-11-09", "2026-11-20", False, id="IF § 19: ten working days are not over ten"),
    pytest.param([], "2026-11-09", "2026-11-23", False, id="IF § 14: nor is an eleventh that § 14 does not cover"),
    pytest.param([had("own_illness", "2026-10-06")], "2026-11-09", "2026-11-20", True, id="IF §§ 10, 19: eleven"),
    pytest.param([had("own_illness", "2026-11-09")], "2026-11-09", "2026-11-20", False, id="a day counts once"),
    pytest.param([had("invalid", "2026-10-06")], "2026-11-09", "2026-11-20", False,
                 id="IF § 10: invalid absence never counts"),
    pytest.param([had("holiday", "2026-07-06", "2026-07-31"), had("religious_day", "2026-05-27")], "2026-11-09",
                 "2026-11-20", False, id="IF § 19: religious days and holiday never count"),
    pytest.param([had("peace_work", "2026-10-06", status="sent")], "2026-11-09", "2026-11-20", False,
                 id="what is only sent is not registered"),
    pytest.param([had("own_illness", "2026-10-03", "2026-10-04")], "2026-11-09", "2026-11-20", False,
                 id="IF § 17 (1): days off do not count"),
]  # fmt: skip


@pytest.mark.parametrize(("history", "first", "last", "adds"), ADDED)
def test_added_to_programme_time(history, first, last, adds):
    assert judged(ask("welfare", first, last), *history).adds_to_programme_time is adds


def test_holiday_never_adds_even_after_much_absence():
    """IF § 19, with a control that does."""
    ill = had("own_illness", "2026-06-01", "2026-06-30", documentation="medical")
    assert not judged(ask("holiday", "2026-11-09"), ill).adds_to_programme_time
    assert judged(ask("welfare", "2026-11-09"), ill).adds_to_programme_time


def test_quota_before_anything_is_asked():
    """What a page shows as used and left, today's registered day included."""
    case = Case(d("2026-10-19"), person(), ask("welfare", "2026-10-19"), (had("welfare", "2026-10-19"),))
    quota = quota_on(case)
    assert quota
    assert (quota.limit, quota.used, quota.after, quota.left) == (10, 1, 1, 9)
    assert quota_on(Case(d("2026-10-19"), person(), ask("own_illness", "2026-10-19"))) is None


@pytest.mark.parametrize("values", [{"nonsense": True}, {"holiday_year": "lunar"}, {"holiday_year": True},
                                    {"part_day_capped_at_day_rate": "yes"}])  # fmt: skip
def test_a_policy_that_is_none(values):
    with pytest.raises(ValueError, match=r"."):
        Policy.of(values)


HOURS_ADD_UP = Policy.of({"welfare_part_day": "hours"})
HOURS = [
    pytest.param([], "3", (0, 0, 9), (0, 0, 9), id="the first hours begin a day"),
    pytest.param(["3"], "3", (1, 0, 8), (1, 0, 9), id="and three more are the same day's worth"),
    pytest.param(["3", "3"], "3", (2, 0, 7), (1, 0, 8), id="the ninth hour begins another"),
    pytest.param(["7.5"], "0.5", (1, 0, 8), (1, 0, 8), id="7.5 are a whole day"),
]


@pytest.mark.parametrize(("had_hours", "asked", "by_day", "by_hours"), HOURS)
def test_what_hours_spend_is_a_policy(had_hours, asked, by_day, by_hours):
    """IF § 14 says ten working days, and nothing of hours: used, waiting and left by either choice."""
    history = [had("welfare", f"2026-11-0{2 + n}", hours=hours) for n, hours in enumerate(had_hours)]
    for policy, expected in ((Policy(), by_day), (HOURS_ADD_UP, by_hours)):
        quota = judged(ask("welfare", "2026-11-09", hours=asked), *history, policy=policy).quota
        assert quota
        assert (quota.used, quota.pending, quota.left) == expected


def test_hours_that_wait_add_up_after_those_that_are_granted():
    history = (had("welfare", "2026-11-03", hours="4", status="sent"), had("welfare", "2026-11-05", hours="5"))
    quota = judged(ask("welfare", "2026-11-09", hours="1"), *history, policy=HOURS_ADD_UP).quota
    assert quota
    assert (quota.used, quota.pending, quota.left) == (1, 1, 8)


def test_up_to_an_hour_each_of_ten_days_is_two_days_and_not_ten():
    hourly = had("welfare", "2026-11-02", "2026-11-13", hours="1", status="granted")
    for policy, left in ((Policy(), 0), (HOURS_ADD_UP, 8)):
        found = judged(ask("welfare", "2026-11-16", hours="2"), hourly, policy=policy)
        assert found.quota
        assert (found.quota.used, found.covered_days) == (10 - left, 1 if left else 0)


def test_whole_days_and_hours_together_and_a_new_year():
    history = (had("welfare", "2026-11-02", "2026-11-06"), had("welfare", "2026-11-09", hours="4"))
    for day, used, left in (("2026-11-10", 6, 4), ("2027-01-12", 0, 9)):
        quota = judged(ask("welfare", day, hours="2"), *history, policy=HOURS_ADD_UP).quota
        assert quota
        assert (quota.used, quota.left) == (used, left)
