"""Training only (IF §§ 29–33), and the regimes (IL §§ 51, 52, chapter 6A)."""

from fractions import Fraction

import pytest

from portal.law.training import may_make_up_free
from portal.law.vocabulary import LeaveKind, Programme, Regime
from tests.law.making import ask, had, judged, person, shown

TRAINING = person(programme=Programme.TRAINING_ONLY, end=None)
NOTHING = {"outcome": "not_available", "allowance": "not_applicable", "decision": "none", "covered": 0, "adds": False}
APPLIED = {"allowance": "not_applicable", "decision": "decision", "adds": False}
MEDICAL = {"documentation": "medical"}
FIVE = ("2026-11-09", "2026-11-13")
ELEVEN = ("2026-11-09", "2026-11-23")

TRAINING_ONLY = [
    pytest.param(ask("welfare", *ELEVEN), {"outcome": "discretion", "section": "IF § 31", "covered": 10, "beyond": 1,
                 "limit": 10, **APPLIED}, id="IF § 31 (1): ten working days a calendar year"),
    pytest.param(ask("welfare", *FIVE, reason="kindergarten_start"), {"covered": 3, "reasons": ["too_long"]},
                 id="IF § 31 (2) a: settling a child in kindergarten, three"),
    pytest.param(ask("religious_day", *FIVE), {"outcome": "discretion", "section": "IF § 31", "covered": 2,
                 "limit": 2, "reasons": ["over_quota"], **APPLIED}, id="IF § 31 (2) g: two religious days in the ten"),
    pytest.param(ask("peace_work", *ELEVEN), {"outcome": "discretion", "section": "IF § 31 a", "covered": 10,
                 **APPLIED}, id="IF § 31 a: peace work, ten"),
    pytest.param(ask("long_illness", *ELEVEN, **MEDICAL), {"outcome": "right", "section": "IF § 32", "beyond": 0,
                 "reasons": [], **APPLIED}, id="IF § 32: long illness with a medical statement"),
    pytest.param(ask("long_illness", *ELEVEN), {"outcome": "right", "reasons": ["medical_certificate_needed"]},
                 id="IF § 32: on the grounds of a medical statement"),
    pytest.param(ask("parental", "2026-11-02", "2027-09-02", event_date="2026-10-04"), {"outcome": "right",
                 "section": "IF § 33", "beyond": 1, "reasons": ["too_long"], **APPLIED}, id="IF § 33: ten months"),
    pytest.param(ask("adoption", *FIVE), {"outcome": "right", "section": "IF § 33", **APPLIED},
                 id="IF § 33 (3): adoption"),
    *[
        pytest.param(ask(kind, *FIVE), {**NOTHING, "section": section, "reasons": ["not_in_introduction_programme"]},
                     id=f"{section}: no {kind}")
        for kind, section in [
            ("own_illness", "IF § 29"), ("child_illness", "IF § 29"), ("antenatal_check", "IF § 30"),
            ("pregnancy", "IF § 30"), ("birth_mother", "IF § 30"), ("birth_father", "IF § 30"),
            ("breastfeeding", "IF § 30"), ("holiday", "IF § 30"),
        ]
    ],
    pytest.param(ask("other", *FIVE), {**NOTHING, "section": "IF § 30", "reasons": ["no_ground_in_regulation"]},
                 id="IF § 30 (3): only the grounds of §§ 31–33"),
]  # fmt: skip


@pytest.mark.parametrize(("request_", "expected"), TRAINING_ONLY)
def test_training_only(request_, expected):
    assert shown(judged(request_, who=TRAINING), expected) == expected


def test_religious_days_lie_inside_the_ten():
    """IF § 31 (2) g."""
    nine = had("welfare", "2026-06-01", "2026-06-11", status="granted")
    found = judged(ask("religious_day", "2026-11-09", "2026-11-10"), nine, who=TRAINING)
    assert shown(found, ["covered", "limit", "used", "left"]) == {"covered": 1, "limit": 10, "used": 9, "left": 0}
    one = had("religious_day", "2026-06-01", status="granted")
    assert shown(judged(ask("welfare", *ELEVEN), one, who=TRAINING), ["used", "covered"]) == {"used": 1, "covered": 9}


@pytest.mark.parametrize(
    ("absent", "medical", "free"),
    [
        pytest.param("7.5", False, True, id="IF § 29 (1): ten per cent of 75 hours"),
        pytest.param("7.75", False, False, id="IF § 29 (2): more than ten per cent"),
        pytest.param("30", True, True, id="IF § 29 (2): documented by a medical statement"),
    ],
)
def test_making_up_social_studies(absent, medical, free):
    assert may_make_up_free(Fraction(absent), Fraction(75), medical) is free


@pytest.mark.parametrize("kind", list(LeaveKind))
def test_collective_protection_has_the_ordinary_rules(kind):
    """IL chapter 6A: since 2026-01-01 absence is ordinary."""
    request = ask(kind, "2026-11-09", "2026-11-13", event_date="2026-10-04")
    history = had("welfare", "2026-05-08", status="granted")
    ordinary = person(children=["2017-03-09"])
    protected = person(children=["2017-03-09"], regime=Regime.COLLECTIVE_PROTECTION)
    assert judged(request, history, who=ordinary) == judged(request, history, who=protected)


OLD = person(regime=Regime.INTRODUCTION_ACT, children=["2017-03-09"])
OLD_ACT = [
    pytest.param(ask("welfare", "2026-11-09", "2026-11-25"), {"outcome": "discretion", "limit": 12, "covered": 12,
                 "beyond": 1, "section": "FOR-2003-07-18-973"}, id="old Act: welfare leave, 12"),
    pytest.param(ask("child_illness", "2026-02-09"), {"outcome": "right", "self_certified": 1, "limit": 10},
                 id="old Act: a child's illness from day one"),
    pytest.param(ask("own_illness", "2026-02-09"), {"outcome": "right", "self_certified": 0,
                 "reasons": ["too_early_for_self_certification", "medical_certificate_needed"]},
                 id="old Act: own illness after eight weeks"),
    pytest.param(ask("pregnancy", "2026-10-26", notice="2026-10-19"), {"outcome": "right", "limit": 10, "reasons": []},
                 id="old Act: pregnancy, a week's notice"),
    pytest.param(ask("pregnancy", "2026-10-26", notice="2026-10-20"), {"outcome": "discretion",
                 "reasons": ["notice_too_late"]}, id="old Act: pregnancy, less than a week"),
    pytest.param(ask("birth_mother", "2026-11-09"), {"outcome": "right", "limit": 20}, id="old Act: mother, 20"),
    pytest.param(ask("birth_father", "2026-11-09"), {"outcome": "right", "limit": 7}, id="old Act: father, 7"),
    pytest.param(ask("religious_day", "2026-11-09", notice="2026-10-26"), {"outcome": "right", "limit": 2,
                 "decision": "notification"}, id="old Act: religious days, two with 14 days' notice"),
    pytest.param(ask("peace_work", "2026-11-09"), {"outcome": "not_available",
                 "reasons": ["no_ground_in_regulation"]}, id="old Act: no peace work"),
    *[
        pytest.param(ask(kind, "2026-11-09"), {"outcome": "discretion", "reasons": ["no_ground_in_regulation"],
                     "covered": 1}, id=f"old Act not known here: {kind} goes to the municipality")
        for kind in ("antenatal_check", "breastfeeding", "long_illness", "adoption", "holiday")
    ],
]  # fmt: skip


@pytest.mark.parametrize(("request_", "expected"), OLD_ACT)
def test_old_act(request_, expected):
    assert shown(judged(request_, who=OLD), expected) == expected


def test_old_act_reserves_no_parental_days():
    """IF § 16 (4) is new."""
    who = person(regime=Regime.INTRODUCTION_ACT, partner_in_programme=True)
    assert judged(ask("parental", "2026-11-02", "2027-09-01", event_date="2026-10-04"), who=who).beyond_days == 0
