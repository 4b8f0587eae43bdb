"""What the database itself refuses, whoever writes to it: one row for each rule, on both engines."""

import re
from collections.abc import Iterator

import pytest
from sqlalchemy import CheckConstraint, Connection, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import SQLModel

import portal.tables  # noqa: F401  # makes every table known
from portal.store.db import Store
from tests.databases import Databases, stored

APPENDED = ("leave_event", "leave_ledger", "absence_correction", "payment_change")
_DECISION = "(SELECT min(id) FROM decision)"
_DECIDED = f"decided_at = sent_at, decision_id = {_DECISION}"
_DATES = "granted_from = first_day, granted_to = last_day"
_NO_DATES = "granted_from = NULL, granted_to = NULL, granted_hours = NULL"
_TIMES = "granted_start = '09:00:00', granted_end = '11:00:00'"
_BACKWARDS = "granted_start = '11:00:00', granted_end = '09:00:00'"
_DAYS = "granted_from = '2026-02-02', granted_to = '2026-02-03'"
_ONE_DAY = "status = 'granted' AND first_day = last_day"
WAITS = "status IN ('sent', 'received', 'more_information') AND form = 'application'"
_TEXT = "(SELECT min(id) FROM text)"

#: The rule, what is set, and in which row. Without the setting the same row may be written (the control).
RULES = {
    "ck_absence_objection_answer_has_day": ("status = 'corrected'", "status = 'sent'"),
    "ck_absence_objection_only_an_answer_has_text": (f"answer_text_id = {_TEXT}", "status = 'sent'"),
    "ck_absence_objection_what_stands_has_reasons": (
        "status = 'stands', answered_on = '2026-10-01'",
        "status = 'sent'",
    ),
    "ck_absence_hours_on_one_day": ("hours = 3", "last_day > first_day"),
    "ck_absence_last_after_first": ("last_day = '1999-01-01', hours = NULL", "1 = 1"),
    "ck_absence_medical_from_needs_statement": ("medical_from = first_day", "documentation <> 'medical'"),
    "ck_decision_deadline_only_where_appealable": ("appealable = false", "appeal_by IS NOT NULL"),
    "ck_decision_refusal_has_reasons": ("reasons_text_id = NULL", "outcome = 'refused'"),
    "ck_leave_request_decided_has_decision": ("decision_id = NULL", "status = 'granted'"),
    "ck_leave_request_granted_dates_in_order": (
        "granted_from = '2026-02-02', granted_to = '2026-02-01'",
        "status = 'granted'",
    ),
    "ck_leave_request_granted_dates_in_pairs": ("granted_from = '2026-02-02', granted_to = NULL", "status = 'granted'"),
    "ck_leave_request_granted_hours_of_a_day": ("granted_hours = 25", "status = 'granted'"),
    "ck_leave_request_granted_times_in_pairs": (f"granted_hours = 2, {_DATES}, granted_end = '11:00:00'", _ONE_DAY),
    "ck_leave_request_granted_times_of_one_day": (f"{_DATES}, {_TIMES}", _ONE_DAY),
    "ck_installation_one_row": ("id = 2", "1 = 1"),
    "ck_leave_request_hours_on_one_day": ("hours = 25, last_day = first_day", "1 = 1"),
    "ck_leave_request_last_after_first": ("last_day = '1999-01-01', hours = NULL", "1 = 1"),
    "ck_leave_request_granted_has_dates": (_NO_DATES, "status = 'granted'"),
    "ck_leave_request_only_an_answer_is_decided": (_DECIDED, WAITS),
    "ck_leave_request_report_is_not_decided": ("form = 'report'", "status = 'granted'"),
    "ck_membership_last_after_first": ("first_day = '2026-02-02', last_day = '2026-02-01'", "1 = 1"),
    "ck_municipality_answer_days_positive": ("answer_days = 0", "1 = 1"),
    "ck_municipality_pay_day_in_every_month": ("pay_day = 29", "1 = 1"),
    "ck_occurrence_ends_after_start": ("ends_at = starts_at", "1 = 1"),
    "ck_occurrence_group_or_participant": ("participant_id = NULL, group_id = NULL", "1 = 1"),
    "ck_occurrence_moved_knows_from": ("moved_from = starts_at", "status = 'planned'"),
    "ck_attendance_hours_only_in_part": ("hours = 1", "status = 'present'"),
    "ck_attendance_registered_has_time": ("registered_at = NULL", "status = 'present'"),
    "ck_participant_certificate_after_end": ("certificate_on = '2026-02-02'", "ended_on IS NULL"),
    "ck_participant_end_after_start": ("\"end\" = '1999-01-01'", "start IS NOT NULL"),
    "ck_participant_ended_has_reason": ("ended_on = '2026-02-02'", "ended_on IS NULL"),
    "ck_payment_line_base_is_not_negative": ("amount = -1", "kind = 'base'"),
    "ck_payment_line_correction_names_month": ("corrects_month = '2026-01'", "kind = 'base'"),
    "ck_payment_line_deduction_is_not_positive": ("amount = 1", "kind = 'invalid_absence'"),
    "ck_payment_month_of_a_year": ("month = '2026-13'", "1 = 1"),
    "ck_payment_never_below_zero": ("before_tax = -1", "1 = 1"),
    "ck_payment_paid_has_date": ("paid_on = NULL", "status = 'paid'"),
    "ck_plan_element_last_after_first": ("first_day = '2026-02-02', last_day = '2026-02-01'", "1 = 1"),
    "ck_plan_element_other_has_title": ("code = 'other', title = ''", "1 = 1"),
    "ck_plan_programme_plan_has_end_goal": ("end_goal = NULL", "kind = 'integration_plan'"),
    "ck_plan_version_positive": ("version = 0", "1 = 1"),
    "ck_question_answer_has_time": ("answer_text_id = NULL", "answered_at IS NOT NULL"),
    "ck_school_break_last_after_first": ("last_day = '1999-01-01'", "1 = 1"),
    "ck_training_hours_hours_are_a_number": ("hours = 'tolv'", "1 = 1"),
    "ck_text_version_translation_names_original": ("translates = NULL", "origin = 'human_translation'"),
}
#: The same rules broken in other ways.
OTHERWISE = (
    ("ck_leave_request_decided_has_decision", f"decision_id = {_DECISION}", WAITS),
    ("ck_leave_request_decided_has_decision", f"decision_id = {_DECISION}, status = 'withdrawn'", WAITS),
    ("ck_leave_request_granted_has_dates", _DATES, WAITS),
    ("ck_leave_request_granted_has_dates", f"{_DATES}, status = 'withdrawn'", WAITS),
    ("ck_leave_request_granted_has_dates", f"{_DECIDED}, {_DATES}, status = 'refused'", WAITS),
    ("ck_leave_request_granted_has_dates", f"{_DECIDED}, status = 'partly_granted'", WAITS),
    ("ck_leave_request_only_an_answer_is_decided", "status = 'refused'", WAITS),
    ("ck_leave_request_only_an_answer_is_decided", f"{_NO_DATES}, status = 'withdrawn'", "status = 'granted'"),
    ("ck_leave_request_report_is_not_decided", f"{_DECIDED}, {_DATES}, status = 'granted'", "form = 'report'"),
    ("ck_leave_request_report_is_not_decided", f"{_DECIDED}, status = 'refused'", "form = 'report'"),
    ("ck_leave_request_granted_hours_of_a_day", "granted_hours = 0", "status = 'granted'"),
    ("ck_leave_request_granted_hours_of_a_day", "granted_hours = 2", WAITS),
    ("ck_leave_request_granted_times_of_one_day", f"granted_hours = 2, {_DATES}, {_BACKWARDS}", _ONE_DAY),
    ("ck_leave_request_granted_times_of_one_day", f"granted_hours = 2, {_DAYS}, {_TIMES}", _ONE_DAY),
    *(
        ("ck_payment_month_of_a_year", f"month = '{month}'", "1 = 1")
        for month in ("2026-00", "2026-1", "2026-1a", "20a6-10", "2026 10", "202-610", "1826-10", "")
    ),
    *(
        ("ck_training_hours_hours_are_a_number", f"hours = '{hours}'", "1 = 1")
        for hours in ("", ".", "12.", ".5", "1.2.3", "12,5", "-5", "1E+2", "NaN", " 5")
    ),
)
#: What comes close to a broken rule and keeps it.
KEPT = (
    ("leave_request", f"{_DECIDED}, {_DATES}, status = 'granted'", WAITS),
    ("leave_request", f"{_DECIDED}, granted_from = last_day, granted_to = last_day, status = 'partly_granted'", WAITS),
    ("leave_request", f"{_DECIDED}, status = 'refused'", WAITS),
    ("leave_request", f"{_DATES}, granted_hours = 2, {_TIMES}", _ONE_DAY),
    ("leave_request", f"{_DAYS}, granted_hours = 1, granted_start = NULL, granted_end = NULL", "status = 'granted'"),
    ("leave_request", f"{_NO_DATES}, status = 'refused'", "status = 'granted'"),
    ("leave_request", "status = 'more_information'", WAITS),
    ("leave_request", "status = 'withdrawn'", WAITS),
    ("leave_request", "status = 'withdrawn'", "form = 'report'"),
    *(("payment", f"month = '{month}'", "1 = 1") for month in ("2026-01", "2026-12", "1999-10")),
    *(("training_hours", f"hours = '{hours}'", "1 = 1") for hours in ("0", "12", "12.5", "0.25", "10000", "-0")),
)
INSERTED = {"ck_leave_ledger_only_a_reversal_is_negative", "ck_payment_change_never_below_zero"}


#: What no demo person has: a objection that waits, a correction, a paid payment that was changed, and a login's note.
MORE_ROWS = (
    (
        "INSERT INTO absence_objection"
        " (public_id, participant_id, absence_id, message, has_paper, language, status, sent_at)"
        " SELECT 'c', a.participant_id, a.id, p.pid_index, false, 'nb', 'sent', a.registered_at"
        " FROM absence a JOIN participant p ON p.id = a.participant_id LIMIT 1"
    ),
    (
        "INSERT INTO absence_correction (absence_id, corrected_at, corrected_by, verdict_before, verdict_after)"
        " SELECT id, registered_at, '', 'valid', 'invalid' FROM absence LIMIT 1"
    ),
    (
        "INSERT INTO payment_change (payment_id, changed_at, paid_on, before_tax, lines)"
        " SELECT p.id, a.registered_at, p.paid_on, p.before_tax, '[]' FROM payment p"
        " JOIN absence a ON a.participant_id = p.participant_id WHERE p.status = 'paid' LIMIT 1"
    ),
    (
        "INSERT INTO login_note (participant_id, pid_index, at, actor, access)"
        " SELECT p.id, p.pid_index, l.at, l.actor, l.access"
        " FROM access_log l JOIN participant p ON p.id = l.participant_id LIMIT 1"
    ),
)


def checks() -> Iterator[tuple[str, str]]:
    """Every rule of every table: the table and the rule."""
    for table in SQLModel.metadata.sorted_tables:
        for rule in table.constraints:
            if isinstance(rule, CheckConstraint):
                yield table.name, str(rule.name)


WORDS = sorted(
    (table, name.removeprefix(f"ck_{table}_").removesuffix("_known")) for table, name in checks() if "_known" in name
)


@pytest.fixture(scope="module")
def filled(databases: Databases, demo_database: str) -> Iterator[Store]:
    """The demo municipality, and what it lacks."""
    with stored(databases, demo_database) as store:
        with store.write_session() as session:
            for statement in MORE_ROWS:
                session.execute(text(statement))
            session.commit()
        yield store


@pytest.fixture
def connection(filled: Store) -> Iterator[Connection]:
    """A transaction that is undone."""
    with filled.engine.execution_options(writes=True).connect() as opened:
        yield opened
        opened.rollback()


def refusal(connection: Connection, statement: str) -> str:
    """What the database says when it refuses."""
    with pytest.raises(DBAPIError) as caught:
        connection.exec_driver_sql(statement)
    return str(caught.value.orig)


def row_where(connection: Connection, table: str, where: str) -> int:
    """A row that the control shows to be writable."""
    number = connection.exec_driver_sql(f"SELECT min(id) FROM {table} WHERE {where}").scalar()
    assert number is not None, f"the demo has no row of {table} where {where}"
    if table not in APPENDED:
        connection.exec_driver_sql(f"UPDATE {table} SET id = id WHERE id = {number}")
    return int(number)


def test_every_rule_stands_here() -> None:
    named = {name for _, name in checks() if not name.endswith("_known")}
    assert named == RULES.keys() | INSERTED


@pytest.mark.parametrize(("rule", "setting", "where"), [(rule, *how) for rule, how in RULES.items()] + [*OTHERWISE])
def test_a_row_that_breaks_a_rule_is_refused(connection: Connection, rule: str, setting: str, where: str) -> None:
    table = next(table for table, name in checks() if name == rule)
    number = row_where(connection, table, where)
    told = refusal(connection, f"UPDATE {table} SET {setting} WHERE id = {number}")
    assert re.search(rf"\b{rule}\b", told), told


@pytest.mark.parametrize(("table", "setting", "where"), KEPT)
def test_a_row_that_keeps_the_rules_is_taken(connection: Connection, table: str, setting: str, where: str) -> None:
    number = row_where(connection, table, where)
    connection.exec_driver_sql(f"UPDATE {table} SET {setting} WHERE id = {number}")


@pytest.mark.parametrize(("table", "column"), WORDS)
def test_a_word_outside_its_set_is_refused(connection: Connection, table: str, column: str) -> None:
    names = [column.name for column in SQLModel.metadata.tables[table].columns if column.name != "id"]
    listed = ", ".join(f'"{name}"' for name in names)
    chosen = ", ".join("'x'" if name == column else f'"{name}"' for name in names)
    row_where(connection, table, "1 = 1")
    told = refusal(connection, f"INSERT INTO {table} ({listed}) SELECT {chosen} FROM {table} LIMIT 1")
    assert f"ck_{table}_" in told, told


def test_only_a_reversal_takes_days_back(connection: Connection) -> None:
    taken = "INSERT INTO leave_ledger (participant_id, kind, days, first_day, last_day, at, reverses_id) SELECT"
    rest = "kind, {days}, first_day, last_day, at, {reverses} FROM leave_ledger WHERE days > 0 LIMIT 1"
    told = refusal(connection, f"{taken} participant_id, {rest.format(days=-1, reverses='NULL')}")
    assert "ck_leave_ledger_only_a_reversal_is_negative" in told
    connection.rollback()
    connection.exec_driver_sql(f"{taken} participant_id, {rest.format(days=-1, reverses='id')}")


def test_what_a_payment_was_is_never_below_zero(connection: Connection) -> None:
    change = "INSERT INTO payment_change (payment_id, changed_at, paid_on, before_tax, lines) SELECT payment_id,"
    rest = "changed_at, paid_on, {amount}, lines FROM payment_change LIMIT 1"
    assert "ck_payment_change_never_below_zero" in refusal(connection, f"{change} {rest.format(amount=-1)}")
    connection.rollback()
    connection.exec_driver_sql(f"{change} {rest.format(amount=0)}")


@pytest.mark.parametrize("table", APPENDED)
def test_history_is_not_rewritten(connection: Connection, table: str) -> None:
    number = row_where(connection, table, "1 = 1")
    told = refusal(connection, f"UPDATE {table} SET id = id WHERE id = {number}")
    assert f"{table} is appended, never changed" in told
