"""The allowance: rates, deductions, months (IL §§ 19–25, 46 (2) g; IF §§ 7, 15, 16). The section is the id."""

from decimal import Decimal
from fractions import Fraction

import pytest

from portal.law import rates
from portal.law.allowance import breakdown
from portal.law.assessment import Breakdown, NoBreakdown
from portal.law.calendar import working_days
from portal.law.case import Policy
from portal.law.deductions import PaidWork, PublicBenefit
from portal.law.vocabulary import Benefit, Programme, Regime
from tests.law.making import child, d, had, month, person

OCTOBER = "2026-10"


def broken_down(text, *history, who=None, **more) -> Breakdown:
    found = breakdown(month(text), who or person(), history, **more)
    assert isinstance(found, Breakdown)
    return found


def lines(found: Breakdown) -> list[tuple]:
    """(reason, days or hours, amount) of every line but the monthly rate."""
    return [
        (line.reason.value, line.days if line.hours is None else str(line.hours), str(line.amount))
        for line in found.lines[1:]
    ]


FACTORS = [
    pytest.param({}, "1", ("273098.00", "22758.17", "758.61", "147.62"), id="IL § 20 (1): full"),
    pytest.param({"partner_in_programme": True}, "5/6", ("227581.67", "18965.14", "632.17", "123.02"),
                 id="IL § 20 (4): a couple without children, both in the programme"),
    pytest.param({"born": "2003-01-01"}, "2/3", ("182065.33", "15172.11", "505.74", "98.41"),
                 id="IL § 20 (3): under 25, not with parents"),
    pytest.param({"born": "2003-01-01", "partner_in_programme": True}, "5/9",
                 ("151721.11", "12643.43", "421.45", "82.01"), id="IL § 20 (3), (4): 5/6 of 2/3"),
    pytest.param({"born": "2003-01-01", "lives_with_parent": True}, "1/3",
                 ("91032.67", "7586.06", "252.87", "49.21"), id="IL § 20 (3): under 25, with a parent"),
    pytest.param({"born": "2003-01-01", "lives_with_parent": True, "partner_in_programme": True}, "5/18",
                 ("75860.56", "6321.71", "210.72", "41.01"), id="IL § 20 (3), (4): 5/6 of 1/3"),
    pytest.param({"lives_with_parent": True}, "1", ("273098.00", "22758.17", "758.61", "147.62"),
                 id="IL § 20 (3): with a parent, but over 25 (control)"),
    pytest.param({"partner_in_programme": True, "children": ["2017-03-09"]}, "1",
                 ("273098.00", "22758.17", "758.61", "147.62"), id="IL § 20 (4): a couple with a child (control)"),
    pytest.param({"born": "2003-01-01", "lives_with_parent": True, "regime": Regime.INTRODUCTION_ACT}, "2/3",
                 ("182065.33", "15172.11", "505.74", "98.41"), id="old Act: under 25, two thirds for all"),
    pytest.param({"born": "2003-01-01", "regime": Regime.COLLECTIVE_PROTECTION}, "2/3",
                 ("182065.33", "15172.11", "505.74", "98.41"), id="IL chapter 6A: the ordinary rates"),
]  # fmt: skip


@pytest.mark.parametrize(("who", "factor", "amounts"), FACTORS)
def test_rates(who, factor, amounts):
    found = rates.rates(person(**who), month(OCTOBER))
    assert found
    assert str(found.factor) == factor
    assert tuple(str(rates.ore(rate)) for rate in (found.year, found.month, found.day, found.hour)) == amounts


G = [
    pytest.param("2023-05", 118_620, ("19770.00", "659.00", "128.24"), id="G from 2023-05-01"),
    pytest.param("2024-04", 118_620, ("19770.00", "659.00", "128.24"), id="G until 2024-04-30"),
    pytest.param("2024-05", 124_028, ("20671.33", "689.04", "134.08"), id="G from 2024-05-01"),
    pytest.param("2025-05", 130_160, ("21693.33", "723.11", "140.71"), id="G from 2025-05-01"),
    pytest.param("2026-04", 130_160, ("21693.33", "723.11", "140.71"), id="G until 2026-04-30"),
    pytest.param("2026-05", 136_549, ("22758.17", "758.61", "147.62"), id="G from 2026-05-01"),
]


@pytest.mark.parametrize(("text", "amount", "amounts"), G)
def test_basic_amounts(text, amount, amounts):
    found = rates.rates(person(), month(text))
    assert found
    assert found.basic_amount == amount
    assert tuple(str(rates.ore(rate)) for rate in (found.month, found.day, found.hour)) == amounts


def test_every_basic_amount_has_its_source():
    assert all(amount.source for amount in rates.BASIC_AMOUNTS)
    assert [amount.valid_from for amount in rates.BASIC_AMOUNTS] == sorted(a.valid_from for a in rates.BASIC_AMOUNTS)


def test_months_whose_basic_amount_is_not_known():
    """Before the first there is no figure; a year after the last there is one, and it says that it is provisional."""
    before = breakdown(month("2023-04"), person(start="2022-01-03"))
    assert isinstance(before, NoBreakdown)
    assert before.reason.value == "basic_amount_unknown"
    assert rates.rates(person(), month("2023-04")) is None
    assert not broken_down("2027-04").basic_amount_provisional
    assert broken_down("2027-05").basic_amount_provisional


def test_training_only_has_no_allowance():
    """IL § 19: for participants in the introduction programme."""
    found = breakdown(month(OCTOBER), person(programme=Programme.TRAINING_ONLY))
    assert isinstance(found, NoBreakdown)
    assert found.reason.value == "not_in_introduction_programme"


AT_25 = [
    pytest.param("2001-11-01", "2026-10", "2/3", {}, id="IL § 20 (3): the month before a birthday on the 1st"),
    pytest.param("2001-11-01", "2026-11", "1", {}, id="IL § 20 (3) silent: a birthday on the 1st is that month"),
    pytest.param("2001-11-02", "2026-11", "2/3", {}, id="IL § 20 (3) silent: from the next month"),
    pytest.param("2001-11-02", "2026-12", "1", {}, id="IL § 20 (3) silent: the next month"),
    pytest.param("2001-11-30", "2026-11", "1", {"rate_change_at_25": "same_month"}, id="policy: the same month"),
    pytest.param("2001-12-01", "2026-11", "2/3", {"rate_change_at_25": "same_month"}, id="policy: not before"),
    pytest.param("2004-02-29", "2029-02", "2/3", {}, id="born on 29 February: under 25 in February"),
    pytest.param("2004-02-29", "2029-03", "1", {}, id="born on 29 February: full from March"),
]


@pytest.mark.parametrize(("born", "text", "factor", "policy"), AT_25)
def test_turning_25(born, text, factor, policy):
    assert str(rates.factor(person(born=born), month(text), Policy.of(policy))) == factor


COUPLES = [
    pytest.param("2024-06", [], "1", id="LOV-2024-06-25-54: not before July 2024"),
    pytest.param("2024-07", [], "5/6", id="LOV-2024-06-25-54: from July 2024"),
    pytest.param("2026-10", ["2026-10-31"], "1", id="IL § 20 (4): a child born in the month"),
    pytest.param("2026-10", ["2026-11-01"], "5/6", id="IL § 20 (4): a child born after it"),
]


@pytest.mark.parametrize(("text", "children", "factor"), COUPLES)
def test_couples(text, children, factor):
    who = person(start="2024-02-01", partner_in_programme=True, children=[child(born) for born in children])
    assert str(rates.factor(who, month(text))) == factor


DEDUCTIONS = [
    pytest.param([had("invalid", "2026-10-14", hours="3")], [("invalid_absence", "3", "-442.86")], "22315.31",
                 id="IL § 21: hours at 1/1850 of the year"),
    pytest.param([had("invalid", "2026-10-14", hours="5.13")], [("invalid_absence", "5.13", "-757.29")], "22000.87",
                 id="IL § 20 (2): hours below the day's worth"),
    pytest.param([had("invalid", "2026-10-14", hours="5.14")], [("invalid_absence", "5.14", "-758.61")], "21999.56",
                 id="IL § 21 silent: from 5.14 hours on, no more than the day"),
    pytest.param([had("invalid", "2026-10-14", hours="3"), had("invalid", "2026-10-14", hours="3")],
                 [("invalid_absence", "3", "-442.86"), ("invalid_absence", "3", "-315.74")], "21999.56",
                 id="IL § 21: hours of one day together are at most the day"),
    pytest.param([had("invalid", "2026-10-14", hours="3"), had("invalid", "2026-10-14")],
                 [("invalid_absence", 1, "-758.61")], "21999.56", id="IL § 21: a whole day takes its hours in"),
    pytest.param([had("invalid", "2026-10-12", "2026-10-13")], [("invalid_absence", 2, "-1517.21")], "21240.96",
                 id="IL § 21: days at 1/30 of the month"),
    pytest.param([had("invalid", "2026-10-09", "2026-10-12")], [("invalid_absence", 2, "-1517.21")], "21240.96",
                 id="IL § 21 silent: a weekend inside is not counted"),
    pytest.param([had("invalid", "2026-10-12", "2026-10-13"), had("invalid", "2026-10-13", "2026-10-14")],
                 [("invalid_absence", 2, "-1517.21"), ("invalid_absence", 1, "-758.61")], "20482.35",
                 id="IL § 21: a day is taken once"),
    pytest.param([had("invalid", "2026-09-28", "2026-10-02")], [("invalid_absence", 2, "-1517.21")], "21240.96",
                 id="IL § 21: only the month's own days"),
    pytest.param([had("long_illness", "2026-10-14", hours="2", status="granted")],
                 [("leave_without_allowance", "2", "-295.24")], "22462.93", id="IF § 15: hours alone, not the day"),
    pytest.param([had("parental", "2026-10-14", "2026-10-20", hours="3", status="granted")],
                 [("leave_without_allowance", "15", "-2214.31")], "20543.86",
                 id="IF § 16: so many hours each working day"),
    pytest.param([had("long_illness", "2026-10-14", hours="2", status="granted"),
                  had("long_illness", "2026-10-12", "2026-10-14", status="granted")],
                 [("leave_without_allowance", 3, "-2275.82")], "20482.35",
                 id="IF § 15: a whole day takes its hours in"),
    pytest.param([had("breastfeeding", "2026-10-05", "2026-10-30", hours="1", status="granted")], [], "22758.17",
                 id="IF § 13: up to an hour each day keeps the allowance"),
    pytest.param([had("invalid", "2026-10-14", status="withdrawn")], [], "22758.17", id="withdrawn counts for nothing"),
    pytest.param([had("own_illness", "2026-10-06", "2026-10-07"), had("welfare", "2026-10-08", status="granted"),
                  had("holiday", "2026-10-12", "2026-10-16")], [], "22758.17",
                 id="IF §§ 5, 14, 18: with allowance, nothing is taken"),
    pytest.param([had("long_illness", "2026-10-19", "2026-10-25", status="granted")],
                 [("leave_without_allowance", 7, "-5310.24")], "17447.93",
                 id="IF § 15: a thirtieth for each calendar day of leave"),
    pytest.param([had("parental", "2026-10-01", "2026-10-30", status="granted")],
                 [("leave_without_allowance", 30, "-22758.17")], "0.00",
                 id="IF § 16: the whole month where no working day is left"),
    pytest.param([had("parental", "2026-10-02", "2026-10-31", status="granted")],
                 [("leave_without_allowance", 29, "-21999.56")], "758.61",
                 id="IF § 16: a day of participation is never unpaid"),
    pytest.param([had("parental", "2026-10-01", "2026-10-15", status="granted"),
                  had("parental", "2026-10-16", "2026-11-30", status="granted")],
                 [("leave_without_allowance", 15, "-11379.08"), ("leave_without_allowance", 15, "-11379.08")], "0.00",
                 id="IF § 16: the parts of a month are the month"),
    pytest.param([had("adoption", "2026-10-01", "2026-10-31", status="sent")], [], "22758.17",
                 id="IF § 16: what is only sent changes nothing"),
    pytest.param([had("parental", "2026-10-12", "2026-10-31", status="granted"),
                  had("invalid", "2026-10-09", "2026-10-13")],
                 [("invalid_absence", 1, "-758.61"), ("leave_without_allowance", 20, "-15172.11")], "6827.45",
                 id="IL § 21: a day without allowance has none to reduce"),
    pytest.param([had("parental", "2026-10-02", "2026-10-31", status="granted"),
                  had("invalid", "2026-10-01"), had("invalid", "2026-10-30")],
                 [("invalid_absence", 1, "-758.61"), ("leave_without_allowance", 29, "-21999.56")], "0.00",
                 id="IL § 21: down to nothing, and never below"),
]  # fmt: skip


@pytest.mark.parametrize(("history", "expected", "before_tax"), DEDUCTIONS)
def test_deductions(history, expected, before_tax):
    found = broken_down(OCTOBER, *history)
    assert (str(found.gross), lines(found), str(found.before_tax)) == ("22758.17", expected, before_tax)


def test_a_line_says_because_of_what():
    found = broken_down(OCTOBER, had("invalid", "2026-09-28", "2026-10-02"))
    line = found.lines[1]
    assert (line.first_day, line.last_day, line.ore) == (d("2026-10-01"), d("2026-10-02"), -151721)


POLICIES = [
    pytest.param({"part_day_capped_at_day_rate": False}, had("invalid", "2026-10-14", hours="6"), "-885.72",
                 id="policy: hours without the cap of a day"),
    pytest.param({}, had("invalid", "2026-10-14", hours="6"), "-758.61", id="policy: hours with the cap of a day"),
    pytest.param({"weekend_in_invalid_absence": True}, had("invalid", "2026-10-09", "2026-10-12"), "-3034.42",
                 id="policy: a weekend inside is counted"),
]  # fmt: skip


@pytest.mark.parametrize(("policy", "row", "amount"), POLICIES)
def test_policies(policy, row, amount):
    assert str(broken_down(OCTOBER, row, policy=Policy.of(policy)).lines[1].amount) == amount


SHARES = [
    pytest.param("2026-01", "0.00", 0, id="IL § 19: before the programme"),
    pytest.param("2026-02", "21693.33", None, id="IL § 19: begun on the month's first working day"),
    pytest.param("2028-02", "758.61", 1, id="IL § 20 (2): one day of the last month"),
    pytest.param("2028-03", "0.00", 0, id="IL § 19: after the programme"),
]


@pytest.mark.parametrize(("text", "gross", "days"), SHARES)
def test_part_of_a_month_in_the_programme(text, gross, days):
    found = broken_down(text)
    assert (str(found.gross), found.lines[0].days) == (gross, days)
    assert found.before_tax == found.gross


def test_leave_over_the_end_takes_only_what_was_earned():
    found = broken_down("2028-02", had("parental", "2028-01-03", "2028-06-30", status="granted"))
    assert lines(found) == [("leave_without_allowance", 1, "-758.61")]
    assert str(found.before_tax) == "0.00"


DECISIONS = [
    pytest.param({}, 14, False, id="IL § 46 (2) g, full: 14 days are less than half"),
    pytest.param({}, 15, True, id="IL § 46 (2) g, full: 15 days are half, and 1/12 G"),
    pytest.param({"partner_in_programme": True}, 17, False, id="IL § 46 (2) g, 5/6: 17 days are less than 1/12 G"),
    pytest.param({"partner_in_programme": True}, 18, True, id="IL § 46 (2) g, 5/6: 18 days are 1/12 G"),
    pytest.param({"born": "2003-01-01"}, 22, False, id="IL § 46 (2) g, 2/3: 22 days are less than 1/12 G"),
    pytest.param({"born": "2003-01-01", "lives_with_parent": True}, 22, False, id="IL § 46 (2) g, 1/3: never"),
]


@pytest.mark.parametrize(("who", "days", "is_decision"), DECISIONS)
def test_when_the_deduction_is_a_decision(who, days, is_decision):
    last = working_days(d("2026-10-01"), d("2026-10-31"))[days - 1]
    found = broken_down(OCTOBER, had("invalid", "2026-10-01", last.isoformat()), who=person(**who))
    assert found.lines[1].days == days
    assert found.deduction_is_decision is is_decision


def test_leave_is_no_deduction_that_is_a_decision():
    """IL § 46 (2) e and g: leave is decided as leave."""
    found = broken_down("2026-11", had("parental", "2026-11-02", "2027-08-31", status="granted"))
    assert (str(found.before_tax), found.deduction_is_decision) == ("0.00", False)


WORK = [
    pytest.param("43", "9030", "-6347.68", id="IL § 23 (2): for the time it takes"),
    pytest.param("43", "6020", "-6020.00", id="IL § 23 (2): krone for krone, where that favours"),
    pytest.param("0.5", "0", "0.00", id="IL § 23 (2): unpaid takes nothing"),
]


@pytest.mark.parametrize(("hours", "wage", "amount"), WORK)
def test_paid_work_in_the_programme(hours, wage, amount):
    work = PaidWork(Decimal(hours), Decimal(wage), d("2026-10-01"), d("2026-10-31"))
    found = broken_down(OCTOBER, works=[work])
    assert lines(found) == [("paid_work", hours, amount)]
    assert not found.deduction_is_decision
    assert lines(broken_down("2026-11", works=[work])) == []


BENEFITS = [
    pytest.param("overgangsstonad", "200000", True, ["-4390.85"], id="IL § 22 (2): 40 per cent above half of G"),
    pytest.param("overgangsstonad", "68274.50", True, [], id="IL § 22 (2): half of G takes nothing"),
    pytest.param("dagpenger", "120000", True, ["-10000.00"], id="IL § 22 (1): unemployment benefit earned before"),
    pytest.param("dagpenger", "120000", False, [], id="IL § 22 (1): earned later"),
    pytest.param("sykepenger", "12000", True, ["-1000.00"], id="IL § 22 (1): sickness benefit"),
    pytest.param("foreldrepenger", "12000", True, ["-1000.00"], id="IL § 22 (1): parental benefit"),
    pytest.param("uforetrygd", "12000", False, ["-1000.00"], id="IL § 22 (1): disability benefit, whenever earned"),
    pytest.param("arbeidsavklaringspenger", "12000", False, ["-1000.00"], id="IL § 22 (1): work assessment allowance"),
    pytest.param("barnetrygd", "24000", True, [], id="IL § 22 (3): child benefit takes nothing"),
    pytest.param("kontantstotte", "90000", True, [], id="IL § 22 (3): cash for care takes nothing"),
    pytest.param("uforetrygd", "600000", True, ["-22758.17"], id="IL § 22 (1): never below nothing"),
]


@pytest.mark.parametrize(("kind", "yearly", "before", "amounts"), BENEFITS)
def test_other_benefits(kind, yearly, before, amounts):
    found = broken_down(OCTOBER, benefits=[PublicBenefit(Benefit(kind), Decimal(yearly), before)])
    assert [amount for _, _, amount in lines(found)] == amounts


SICK_CHILD = [
    pytest.param([], 2, id="IF § 7, IL § 21: two of three days are beyond the quota"),
    pytest.param([had("welfare", "2026-11-10", "2026-11-11", status="granted")], 0, id="IF § 14: granted for them"),
    pytest.param([had("welfare", "2026-11-11", status="granted")], 1, id="IF § 14: granted for one of them"),
    pytest.param([had("welfare", "2026-11-10", "2026-11-11", status="sent")], 2, id="IF § 14: only sent"),
    pytest.param([had("invalid", "2026-11-11")], 1, id="IL § 21: a day is taken once"),
]


@pytest.mark.parametrize(("more", "days"), SICK_CHILD)
def test_absence_over_the_quota(more, days):
    who = person(children=["2017-03-09"])
    nine = had("child_illness", "2026-06-01", "2026-06-11")
    found = broken_down("2026-11", nine, had("child_illness", "2026-11-09", "2026-11-11"), *more, who=who)
    assert sum(line.days or 0 for line in found.lines if line.reason.value == "over_quota_absence") == days


def test_absence_over_the_quota_counts_what_fits_day_by_day():
    """IF § 7: days that were themselves over the quota do not use it, and old days fall out."""
    who = person(start="2025-02-03", children=["2017-03-09"])
    rows = [had("child_illness", "2025-11-03", "2025-11-14"), had("child_illness", "2025-11-17", "2025-11-18")]
    assert lines(broken_down("2025-11", *rows, who=who)) == [("over_quota_absence", 2, "-1446.22")]
    later = [*rows, had("child_illness", "2026-11-03", "2026-11-04")]
    assert lines(broken_down("2026-11", *later, who=who)) == []
    sooner = [*rows, had("child_illness", "2026-11-02", "2026-11-04", hours="2")]
    assert lines(broken_down("2026-11", *sooner, who=who)) == [("over_quota_absence", "2", "-295.24")]


def test_sick_child_without_a_known_child_is_left_to_the_municipality():
    assert lines(broken_down("2026-11", had("child_illness", "2026-11-02", "2026-11-30"))) == []


def test_rounding_is_half_up_and_once():
    """15 days at full rate are 11 379.0833 both ways; three lines may differ from the sum by an øre."""
    assert str(rates.ore(Fraction(1, 200))) == "0.01"
    assert str(rates.ore(Fraction(-1, 200))) == "-0.01"
    assert str(rates.ore(Fraction(0))) == "0.00"
    rows = [had("invalid", day) for day in ("2026-10-12", "2026-10-14", "2026-10-16")]
    found = broken_down(OCTOBER, *rows)
    assert [str(line.amount) for line in found.lines[1:]] == ["-758.61"] * 3
    assert str(found.deduction) == "2275.82"
