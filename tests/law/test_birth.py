"""Pregnancy, birth, breastfeeding, parental leave and adoption: the section is the id (IF §§ 11, 12, 13, 16)."""

import pytest

from portal.law import birth
from portal.law.case import Policy
from tests.law.making import ask, d, had, judged, person, shown

BORN = {"event_date": "2026-10-04"}
NULL_PERIOD = {"period_from": None, "period_to": None}

KINDS = [
    pytest.param(
        ask("antenatal_check", "2026-10-21", hours="2"),
        {"outcome": "right", "section": "IF § 11", "allowance": "kept", "decision": "decision", "limit": None},
        id="IF § 11 (1): antenatal check, as needed",
    ),
    pytest.param(
        ask("pregnancy", "2026-10-19", "2026-10-30"),
        {"outcome": "right", "section": "IF § 11", "allowance": "kept", "decision": "decision", "covered": 10,
         "limit": 10, "left": 0, "period": "pregnancy", **NULL_PERIOD},
        id="IF § 11 (2): ten working days in the pregnancy",
    ),
    pytest.param(
        ask("pregnancy", "2026-10-19", "2026-11-02"),
        {"outcome": "right", "covered": 10, "beyond": 1, "reasons": ["over_quota"]},
        id="IF § 11 (2): the eleventh is beyond",
    ),
    pytest.param(
        ask("birth_mother", "2026-10-05", "2026-10-30", **BORN),
        {"outcome": "right", "section": "IF § 12", "allowance": "kept", "decision": "decision", "covered": 20,
         "limit": 20, "left": 0, "period": "birth", "reasons": [], "adds": True},
        id="IF § 12 (1): the mother's 20 working days",
    ),
    pytest.param(
        ask("birth_mother", "2026-10-05", "2026-11-02", **BORN),
        {"covered": 20, "beyond": 1, "reasons": ["over_quota"]},
        id="IF § 12 (1): the 21st is beyond",
    ),
    pytest.param(
        ask("birth_mother", "2026-10-01", "2026-10-06", **BORN),
        {"outcome": "right", "covered": 2, "beyond": 2, "reasons": ["outside_first_year"]},
        id="IF § 12 (1): after the birth, not before",
    ),
    pytest.param(
        ask("birth_mother", "2026-10-05", "2026-10-09"),
        {"outcome": "right", "covered": 5, "period": "birth", **NULL_PERIOD},
        id="IF § 12 (1): with the birth unknown, no dates are shown",
    ),
    pytest.param(
        ask("birth_father", "2026-10-01", "2026-10-09", **BORN),
        {"outcome": "right", "section": "IF § 12", "allowance": "kept", "covered": 7, "limit": 7, "left": 0},
        id="IF § 12 (2): the father's seven, in connection with the birth",
    ),
    pytest.param(
        ask("birth_father", "2026-10-01", "2026-10-12", **BORN),
        {"covered": 7, "beyond": 1, "reasons": ["over_quota"]},
        id="IF § 12 (2): the eighth is beyond",
    ),
    pytest.param(
        ask("breastfeeding", "2026-11-09", "2026-11-20", hours="1", **BORN),
        {"outcome": "right", "section": "IF § 13", "allowance": "kept", "decision": "decision", "reasons": [],
         "limit": None, "adds": False},
        id="IF § 13: an hour a day in the first year keeps the allowance",
    ),
    pytest.param(
        ask("breastfeeding", "2026-11-09", hours="1.5", **BORN),
        {"outcome": "right", "allowance": "kept", "reasons": ["too_long"]},
        id="IF § 13: more than an hour is time off, but only an hour is kept",
    ),
    pytest.param(
        ask("breastfeeding", "2027-10-04", hours="1", **BORN),
        {"outcome": "right", "allowance": "none", "reasons": ["outside_first_year"], "covered": 1},
        id="IF § 13: on the first birthday the right to time stays, the allowance does not",
    ),
    pytest.param(
        ask("breastfeeding", "2027-10-01", "2027-10-04", hours="1", **BORN),
        {"outcome": "right", "allowance": "kept", "covered": 1, "beyond": 1, "reasons": ["outside_first_year"]},
        id="IF § 13: over the first birthday",
    ),
    pytest.param(
        ask("parental", "2026-11-02", "2027-09-01", **BORN),
        {"outcome": "right", "section": "IF § 16", "allowance": "none", "decision": "decision", "beyond": 0,
         "reasons": [], "limit": None},
        id="IF § 16 (1): ten months in the first year, without allowance",
    ),
    pytest.param(
        ask("parental", "2026-11-02", "2027-09-02", **BORN),
        {"outcome": "right", "beyond": 1, "reasons": ["too_long"]},
        id="IF § 16 (1): a day more than ten months",
    ),
    pytest.param(
        ask("parental", "2027-09-27", "2027-10-05", **BORN),
        {"outcome": "right", "covered": 5, "beyond": 2, "reasons": ["outside_first_year"]},
        id="IF § 16 (1): not after the first year",
    ),
    pytest.param(
        ask("parental", "2027-10-04", "2027-10-15", **BORN),
        {"outcome": "not_available", "covered": 0, "reasons": ["outside_first_year"]},
        id="IF § 16 (1): wholly after it",
    ),
    pytest.param(
        ask("adoption", "2026-11-02", "2027-09-01", event_date="2026-11-01"),
        {"outcome": "right", "section": "IF § 16", "allowance": "none", "beyond": 0, "reasons": []},
        id="IF § 16 (3): adoption, ten months",
    ),
    pytest.param(
        ask("adoption", "2026-11-02", "2027-09-02", event_date="2026-11-01"),
        {"outcome": "right", "beyond": 1, "reasons": ["too_long"]},
        id="IF § 16 (3): adoption, a day more",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("request_", "expected"), KINDS)
def test_kinds(request_, expected):
    assert shown(judged(request_), expected) == expected


@pytest.mark.parametrize(
    ("born", "outcome"),
    [
        pytest.param("2011-11-02", "right", id="IF § 16 (3): a child of 14 years and 364 days"),
        pytest.param("2011-11-01", "not_available", id="IF § 16 (3): a child who turns 15 that day"),
    ],
)
def test_age_of_the_adopted(born, outcome):
    found = judged(ask("adoption", "2026-11-02", "2026-12-18", event_date="2026-11-01"), who=person(children=[born]))
    assert found.outcome.value == outcome
    assert [reason.value for reason in found.reasons] == ([] if outcome == "right" else ["child_too_old"])


RESERVED = [
    pytest.param({}, "2027-06-18", 0, id="IF § 16 (4): ten months less 75 calendar days, where both take part"),
    pytest.param({}, "2027-06-21", 1, id="IF § 16 (4): a day more is the other's"),
    pytest.param({"reserved_parental_days": "working"}, "2027-05-19", 0, id="IF § 16 (4) unclear: 75 working days"),
    pytest.param({"reserved_parental_days": "working"}, "2027-05-20", 1, id="IF § 16 (4) unclear: a day more"),
]


@pytest.mark.parametrize(("policy", "last", "beyond"), RESERVED)
def test_days_reserved_for_the_other_parent(policy, last, beyond):
    request = ask("parental", "2026-11-02", last, **BORN)
    found = judged(request, who=person(partner_in_programme=True), policy=Policy.of(policy))
    assert found.beyond_days == beyond
    assert judged(request).beyond_days == 0


def test_parental_leave_in_two_parts():
    """IF § 16 (1): what is had counts; the earlier leave of another child does not."""
    first = had("parental", "2026-11-02", "2027-06-01", status="granted")
    names = ["covered", "beyond", "reasons"]
    within = judged(ask("parental", "2027-06-28", "2027-09-24", **BORN), first)
    assert shown(within, names) == {"covered": 65, "beyond": 0, "reasons": []}
    beyond = judged(ask("parental", "2027-06-28", "2027-10-01", **BORN), first)
    assert shown(beyond, names)["reasons"] == ["too_long"]
    older = had("parental", "2025-01-06", "2025-09-05", status="granted")
    assert judged(ask("parental", "2026-11-02", "2027-09-01", **BORN), older).beyond_days == 0


def test_the_youngest_child_stands_for_an_untold_birth():
    who = person(children=["2017-03-09", "2026-10-04"])
    assert judged(ask("parental", "2027-10-04", "2027-10-15"), who=who).outcome.value == "right"
    assert judged(ask("breastfeeding", "2027-10-01", "2027-10-04"), who=who).beyond_days == 1
    assert judged(ask("birth_mother", "2026-10-05"), who=who).quota.period.first_day == d("2026-10-04")


def test_days_of_an_earlier_pregnancy_do_not_count():
    """IF § 11 (2): ten days in each pregnancy."""
    earlier = had("pregnancy", "2026-02-09", "2026-02-20", status="granted")
    request = ask("pregnancy", "2026-10-19", "2026-10-20")
    assert judged(request, earlier).quota.used == 10
    assert judged(request, earlier, who=person(children=["2026-03-01"])).quota.used == 0
    birth_row = had("birth_mother", "2026-03-02", "2026-03-27", status="granted")
    assert judged(request, earlier, birth_row).quota.used == 0


def test_days_of_an_earlier_birth_do_not_count():
    """IF § 12: 20 days for each birth."""
    earlier = had("birth_mother", "2026-02-09", "2026-03-06", status="granted")
    request = ask("birth_mother", "2026-12-14", "2026-12-18", event_date="2026-12-13")
    assert shown(judged(request, earlier), ["used", "covered"]) == {"used": 0, "covered": 5}
    same = had("birth_mother", "2026-12-14", "2026-12-15", status="granted")
    assert shown(judged(request, same), ["used", "after"]) == {"used": 0, "after": 5}


def test_language_training_from_the_fourth_month():
    """IF § 16 (2)."""
    assert birth.language_training_from(d("2026-11-02")) == d("2027-02-02")
