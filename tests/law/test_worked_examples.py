"""Six made-up participants, told to the end: the worked examples that the rules were written from.

October 2026 has 22 working days; G is 136 549.
"""

import pytest

from portal.law import appeal, leave, programme, rates
from portal.law.allowance import breakdown
from portal.law.assessment import Breakdown
from portal.law.vocabulary import EndGoal, Level, Regime, Schooling
from tests.law.making import ask, d, had, judged, month, person, shown

MEDICAL = {"documentation": "medical"}
CERTIFIED = {"documentation": "self_certified"}

AMAL = person(born="1992-03-01", start="2026-02-02", end="2028-02-01")
DANYLO = person(born="2004-05-20", regime=Regime.COLLECTIVE_PROTECTION, lives_with_parent=True, end="2027-02-01")
HANA = person(born="1997-01-15", partner_in_programme=True)
SELAM = person(born="1990-07-01", sole_carer=True, children=["2014-04-02", "2017-08-20", "2022-01-11"])
RAHIM = person(born="1981-02-02")
GRACE = person(born="2001-11-01", end="2030-02-01")


def paid(who, text, *history) -> tuple:
    found = breakdown(month(text), who, history)
    assert isinstance(found, Breakdown)
    return str(found.gross), str(found.deduction), str(found.before_tax), found.deduction_is_decision


AMAL_HAD = [had("own_illness", "2026-10-06", "2026-10-07", **CERTIFIED), had("invalid", "2026-10-14", hours="3")]


def test_amal_s_illness_is_valid():
    found = judged(ask("own_illness", "2026-10-06", "2026-10-07"), who=AMAL, today="2026-10-06")
    assert shown(found, ["outcome", "reasons", "self_certified", "medical_from", "adds"]) == {
        "outcome": "right", "reasons": [], "self_certified": 2, "medical_from": None, "adds": False,
    }  # fmt: skip


def test_amal_s_october():
    assert paid(AMAL, "2026-10", *AMAL_HAD) == ("22758.17", "442.86", "22315.31", False)


@pytest.mark.parametrize(("day", "left"), [("2026-10-19", 1), ("2026-10-23", 1), ("2026-10-24", 3)])
def test_amal_s_sixteen_days(day, left):
    request = ask("own_illness", day, "2026-10-30")
    assert judged(request, *AMAL_HAD, who=AMAL, today=day).self_certified_days == left


def test_amal_s_plan():
    """Finished primary school: B1 in all four; towards work, two years; work after six months; 75 hours."""
    assert set(programme.language_goal(Schooling.PRIMARY).values()) == {Level.B1}
    assert programme.longest_duration(Schooling.PRIMARY, EndGoal.WORK, d("2026-01-15")) == programme.Duration(24)
    assert programme.work_elements_after_months(Schooling.PRIMARY) == 6


def test_danylo_s_october():
    """A third of the rate; two whole days; half of it can never be 1/12 G."""
    assert paid(DANYLO, "2026-10", had("invalid", "2026-10-12", "2026-10-13")) == (
        "7586.06", "505.74", "7080.32", False,
    )  # fmt: skip
    assert paid(DANYLO, "2026-10", had("invalid", "2026-10-01", "2026-10-31"))[3] is False


def test_danylo_asks_to_see_his_family():
    """Eight working days, no example of § 14: the municipality decides; refused, he has three weeks to appeal."""
    found = judged(ask("welfare", "2026-11-02", "2026-11-11", reason="other"), who=DANYLO)
    assert shown(found, ["outcome", "covered", "allowance", "decision", "reasons"]) == {
        "outcome": "discretion", "covered": 8, "allowance": "kept_if_granted", "decision": "decision", "reasons": [],
    }  # fmt: skip


def test_danylo_s_programme_needs_no_social_studies():
    content = programme.mandatory_content(DANYLO.regime, has_child_under_18=False)
    assert "social_studies" not in [part.value for part in content]
    goal = EndGoal.WORK
    assert programme.longest_duration(Schooling.UPPER_SECONDARY, goal, d("2026-01-15")) == programme.Duration(12)


HANA_S_DAYS = [
    pytest.param("2026-12-24", [], "right", [], "kept", id="24 December is in time"),
    pytest.param("2026-12-28", [], "discretion", ["notice_too_late"], "kept_if_granted", id="28 December is too late"),
    pytest.param("2026-12-24", [had("religious_day", "2027-05-27"), had("religious_day", "2027-09-10")],
                 "not_available", ["over_quota"], "none", id="a third in the year"),
]  # fmt: skip


@pytest.mark.parametrize(("notice", "history", "outcome", "reasons", "allowance"), HANA_S_DAYS)
def test_hana_s_christmas(notice, history, outcome, reasons, allowance):
    found = judged(ask("religious_day", "2027-01-07", notice=notice), *history, who=HANA)
    assert shown(found, ["outcome", "reasons", "allowance", "adds"]) == {
        "outcome": outcome, "reasons": reasons, "allowance": allowance, "adds": False,
    }  # fmt: skip
    assert leave.last_notice(d("2027-01-07")) == d("2026-12-24")


def test_hana_s_allowance():
    """5/6 while her husband takes part; all of it when he has left."""
    assert paid(HANA, "2026-10") == ("18965.14", "0.00", "18965.14", False)
    assert paid(person(born="1997-01-15"), "2026-11")[0] == "22758.17"
    duration = programme.longest_duration(Schooling.PRIMARY, EndGoal.PARTS_OF_UPPER_SECONDARY, d("2026-01-15"))
    assert duration == programme.Duration(36, 12)


SELAM_USED_24 = [had("child_illness", "2026-05-26", "2026-06-26", **MEDICAL)]
SELAM_OCTOBER = had("child_illness", "2026-10-19", "2026-10-23", medical_from="2026-10-22", **MEDICAL)
SELAM_NOVEMBER = had("child_illness", "2026-11-09", "2026-11-11", **MEDICAL)


def test_selam_s_october():
    found = judged(ask("child_illness", "2026-10-19", "2026-10-23"), *SELAM_USED_24, who=SELAM)
    names = ["outcome", "limit", "used", "after", "left", "self_certified", "medical_from", "adds", "reasons"]
    assert shown(found, names) == {
        "outcome": "right", "limit": 30, "used": 24, "after": 29, "left": 1, "self_certified": 3,
        "medical_from": "2026-10-22", "adds": True, "reasons": [],
    }  # fmt: skip
    assert paid(SELAM, "2026-10", *SELAM_USED_24, SELAM_OCTOBER) == ("22758.17", "0.00", "22758.17", False)


def test_selam_s_november():
    request = ask("child_illness", "2026-11-09", "2026-11-11", **MEDICAL)
    found = judged(request, *SELAM_USED_24, SELAM_OCTOBER, who=SELAM)
    assert shown(found, ["outcome", "covered", "beyond", "after", "left", "reasons"]) == {
        "outcome": "right", "covered": 1, "beyond": 2, "after": 30, "left": 0, "reasons": ["over_quota"],
    }  # fmt: skip
    rows = [*SELAM_USED_24, SELAM_OCTOBER, SELAM_NOVEMBER]
    assert paid(SELAM, "2026-11", *rows) == ("22758.17", "1517.21", "21240.96", False)
    granted = had("welfare", "2026-11-10", "2026-11-11", status="granted")
    assert paid(SELAM, "2026-11", *rows, granted)[1] == "0.00"


def test_selam_s_eldest_counts_until_new_year():
    assert judged(ask("child_illness", "2026-12-31"), who=SELAM).quota.limit == 30
    assert judged(ask("child_illness", "2027-01-04"), who=SELAM).quota.limit == 20


def test_rahim_s_october():
    """15 days: exactly half, exactly 1/12 G, and so a decision of its own; 14 are not."""
    assert paid(RAHIM, "2026-10", had("invalid", "2026-10-01", "2026-10-21")) == (
        "22758.17", "11379.08", "11379.08", True,
    )  # fmt: skip
    assert paid(RAHIM, "2026-10", had("invalid", "2026-10-01", "2026-10-20"))[1::2] == ("10620.48", False)


def test_two_thirds_and_a_whole_month_away():
    """22 days of a two-thirds rate are 73 per cent, and less than 1/12 G."""
    young = person(born="2003-06-01")
    assert paid(young, "2026-10", had("invalid", "2026-10-01", "2026-10-31"))[1::2] == ("11126.21", False)


GRACE_LEAVE = had("parental", "2026-11-02", "2026-11-30", status="granted")


def test_grace_has_a_child():
    born = {"event_date": "2026-10-04"}
    after = judged(ask("birth_mother", "2026-10-05", "2026-10-30", **born), who=GRACE)
    assert shown(after, ["outcome", "covered", "beyond", "allowance", "adds"]) == {
        "outcome": "right", "covered": 20, "beyond": 0, "allowance": "kept", "adds": True,
    }  # fmt: skip
    had_days = had("birth_mother", "2026-10-05", "2026-10-30", status="granted")
    leave_ = judged(ask("parental", "2026-11-02", "2026-11-30", **born), had_days, who=GRACE)
    assert shown(leave_, ["outcome", "allowance", "adds", "decision"]) == {
        "outcome": "right", "allowance": "none", "adds": True, "decision": "decision",
    }  # fmt: skip


def test_grace_s_three_months():
    rows = [had("birth_mother", "2026-10-05", "2026-10-30", status="granted"), GRACE_LEAVE]
    assert paid(GRACE, "2026-10", *rows) == ("15172.11", "0.00", "15172.11", False)
    assert paid(GRACE, "2026-11", *rows)[2:] == ("0.00", False)
    assert paid(GRACE, "2026-12", *rows) == ("22758.17", "0.00", "22758.17", False)
    duration = programme.longest_duration(Schooling.PRIMARY, EndGoal.UPPER_SECONDARY, d("2026-01-15"))
    assert duration == programme.Duration(48, 12)


def test_extra_vectors():
    """Appeal, week 7, seven days' notice, and the month before the new G."""
    assert appeal.appeal_by(d("2026-11-23")) == d("2026-12-14")
    week_7 = ask("own_illness", "2026-03-18", **CERTIFIED)
    assert "too_early_for_self_certification" in shown(judged(week_7, who=AMAL), ["reasons"])["reasons"]
    child = judged(ask("child_illness", "2026-03-18", **CERTIFIED), who=SELAM)
    assert shown(child, ["outcome", "reasons"]) == {
        "outcome": "discretion", "reasons": ["under_eight_weeks_unclear"],
    }  # fmt: skip
    assert judged(ask("religious_day", "2026-11-02", notice="2026-10-26")).outcome.value == "discretion"
    assert [str(rates.ore(rates.rates(RAHIM, month(text)).month)) for text in ("2026-04", "2026-05")] == [
        "21693.33",
        "22758.17",
    ]
