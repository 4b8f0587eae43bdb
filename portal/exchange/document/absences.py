"""Storing absence with its corrections, and payments with their lines."""

from collections.abc import Mapping, Set
from decimal import Decimal
from operator import itemgetter
from typing import Any

from sqlalchemy import insert

from portal.exchange.document.columns import plain, values
from portal.exchange.document.people import Chunk, ParticipantEntry, refer
from portal.exchange.document.records import AbsenceIn, PaymentIn
from portal.exchange.problems import Verbatim
from portal.exchange.row_sync import Key, Row, RowSync, Values
from portal.store.rows import table_of
from portal.tables.absence import Absence, AbsenceCorrection
from portal.tables.allowance import Payment, PaymentChange, PaymentLine, PaymentStatus
from portal.tables.log import Updated

Ids = dict[str, int]
_LINE = ("kind", "amount", "hours", "days", "first_day", "last_day", "corrects_month")


def absences(chunk: Chunk) -> dict[int, Ids]:
    """Store absences; gives their ids by participant and the municipality's own id."""
    sync = chunk.sync(Absence, "external_id")
    corrections = [
        correction
        for item in chunk.items
        for absence in item.given.absences
        if (correction := _correction(chunk, sync.stored.get((item.id, absence.id)), absence))
    ]
    for item in chunk.items:
        for absence in item.given.absences:
            sync.put(participant_id=item.id, **values(absence, Absence))
    sync.flush()
    chunk.note(Updated.ABSENCES, sync.changed)
    if corrections:
        chunk.session.execute(insert(table_of(AbsenceCorrection)), corrections)
    return ids_of(sync)


def _correction(chunk: Chunk, stored: Row | None, given: AbsenceIn) -> Values | None:
    if stored is None or (stored["verdict"], stored["hours"]) == (given.verdict, given.hours):
        return None
    return {
        "absence_id": stored["id"],
        "corrected_at": given.corrected_at or chunk.known.issued_at,
        "corrected_by": given.corrected_by,
        "verdict_before": stored["verdict"],
        "verdict_after": given.verdict,
        "hours_before": stored["hours"],
        "hours_after": given.hours,
    }


def ids_of(sync: RowSync) -> dict[int, Ids]:
    """The ids of synced rows by participant and the municipality's own id."""
    found: dict[int, Ids] = {}
    for row in sync.stored.values():
        found.setdefault(row["participant_id"], {})[row["external_id"]] = row["id"]
    return found


def payments(chunk: Chunk, absence_ids: dict[int, Ids], decision_ids: dict[int, Ids]) -> None:
    """Store payments and their lines."""
    sync = chunk.sync(Payment, "external_id")
    for item in chunk.items:
        for index, payment in enumerate(item.given.payments):
            place = item.place.at("payments", index, "decision")
            decision = refer(decision_ids.get(item.id, {}), payment.decision, place, "a decision of this participant")
            own = {"before_tax": payment.before_tax_ore, **values(payment, Payment)}
            sync.put(participant_id=item.id, decision_id=decision, **own)
    before = {row["id"]: row for row in sync.stored.values() if row["status"] is PaymentStatus.PAID}
    sync.flush()
    chunk.note(Updated.PAYMENTS, sync.changed)
    owners = {sync.id_of(item.id, part.id): item.id for item in chunk.items for part in item.given.payments}
    lines = RowSync(chunk.session, PaymentLine, "payment_id", owners, key=["position"])
    for item in chunk.items:
        for index, payment in enumerate(item.given.payments):
            known = absence_ids.get(item.id, {})
            _put_lines(lines, sync.id_of(item.id, payment.id), payment, item, (index, known))
    after = {row["id"]: row for row in sync.stored.values()}
    changes = [change for number, row in before.items() if (change := _change(chunk, row, after[number], lines))]
    if changes:
        chunk.session.execute(insert(table_of(PaymentChange)), changes)
        _warn(chunk, sync, {change["payment_id"] for change in changes})
    lines.remove(lines.wanted, owners)
    lines.flush()
    chunk.note(Updated.PAYMENTS, {owners[payment_id] for payment_id in lines.changed})


def _warn(chunk: Chunk, payments: RowSync, changed: Set[int]) -> None:
    """Tell the sender which payments were paid, and are another one now."""
    for item in chunk.items:
        for index, payment in enumerate(item.given.payments):
            if payments.stored[item.id, payment.id]["id"] in changed:
                place = item.place.at("payments", index)
                place.warning(Verbatim("a paid payment that becomes another one"), "a correction in a later payment")


def _change(chunk: Chunk, before: Row, after: Row, lines: RowSync) -> Values | None:
    """What a paid payment was, where its sum, its lines or that it is paid changes; None where they stay."""
    old = _facts(lines.stored, before["id"])
    new = _facts(lines.wanted, before["id"])
    if not new or (before["before_tax"], before["status"], old) == (after["before_tax"], after["status"], new):
        return None
    same = {name: before[name] for name in ("paid_on", "before_tax")}
    return {"payment_id": before["id"], "changed_at": chunk.known.issued_at, "lines": old, **same}


def _facts(rows: Mapping[Key, Values], payment_id: int) -> list[Values]:
    """What the lines of a payment say, in their order."""
    mine = sorted((row for row in rows.values() if row["payment_id"] == payment_id), key=itemgetter("position"))
    return [{name: _plain(row[name]) for name in _LINE} for row in mine]


def _plain(value: Any) -> Any:
    """A value as JSON has it; the same for numbers that are equal, however many zeros they were sent with."""
    if value is None or isinstance(value, int):
        return value
    return plain(value) if isinstance(value, Decimal) else str(value)


def _put_lines(
    lines: RowSync, payment_id: int, payment: PaymentIn, item: ParticipantEntry, of: tuple[int, Ids]
) -> None:
    index, known = of
    for position, line in enumerate(payment.lines):
        place = item.place.at("payments", index, "lines", position, "absence")
        absence = refer(known, line.absence, place, "an absence of this participant")
        own = {"amount": line.amount_ore, "absence_id": absence, **values(line, PaymentLine)}
        lines.put(payment_id=payment_id, position=position, **own)
