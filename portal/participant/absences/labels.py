"""Words for what is registered: kinds, verdicts, who wrote it down, which rule."""

from markupsafe import Markup

from portal.casework.deductions import Account
from portal.i18n import bilingual, given_back, msgid
from portal.i18n import gettext as _
from portal.i18n.terms import Text, leave_kind, leave_picture
from portal.law.deductions import WITHOUT_ALLOWANCE
from portal.law.vocabulary import LeaveKind
from portal.tables.absence import AbsenceValidity

INVALID_RULE = "integreringsloven § 21"
_RULE = "integreringsforskriften %s"


def kind(known: LeaveKind | None, text: Text = bilingual) -> str:
    """What an absence is because of, or that nobody knows yet."""
    return text("Grunnen er ikke kjent") if known is None else leave_kind(known, None, text)


def picture(known: LeaveKind | None) -> str:
    """The icon of an absence."""
    return "question" if known is None else leave_picture(known)


def rule(known: LeaveKind | None, verdict: AbsenceValidity) -> str:
    """The section that the absence is judged by, in Norwegian; empty where none is known."""
    if verdict is AbsenceValidity.INVALID:
        return INVALID_RULE
    return _RULE % known.law.legal_basis if known and known.law.legal_basis else ""


_VERDICTS = {
    AbsenceValidity.VALID: ("ok", msgid("Gyldig fravær")),
    AbsenceValidity.INVALID: ("no", msgid("Ugyldig fravær")),
    AbsenceValidity.UNDECIDED: ("wait", msgid("Ikke avgjort")),
}


def verdict_word(verdict: AbsenceValidity, text: Text = bilingual) -> str:
    """Valid, invalid or undecided."""
    return text(_VERDICTS[verdict][1])


def verdict_sentence(verdict: AbsenceValidity, allowance: bool, known: LeaveKind | None, account: Account) -> Markup:
    """What a verdict means, who acts next, and whether what was taken rests on it no longer (`account`)."""
    meant = _meaning(verdict, allowance, known, account)
    corrected = given_back.corrected(account.stands) if account.corrected else None
    return Markup(" ").join(said for said in (meant, corrected) if said)


def _meaning(verdict: AbsenceValidity, allowance: bool, known: LeaveKind | None, account: Account) -> Markup | None:
    """Some valid leave has no allowance (IF §§ 15, 16). A payment may have become smaller though the absence is valid,
    as for days of a sick child beyond the quota; of one that is corrected the correction says all.
    """
    match verdict:
        case AbsenceValidity.VALID if allowance and known in WITHOUT_ALLOWANCE:
            return _("Du får ikke stønad for disse dagene.")
        case AbsenceValidity.VALID if account.corrected:
            return None
        case AbsenceValidity.VALID:
            return _("Du beholder pengene.") if allowance and not account.taken else _("Du trenger ikke gjøre noe.")
        case AbsenceValidity.INVALID:
            return (
                _("Kommunen har ikke godkjent fraværet. Derfor får du mindre penger.")
                if allowance
                else _("Kommunen har ikke godkjent fraværet.")
            )
        case AbsenceValidity.UNDECIDED:
            return _("Kommunen avgjør om det er gyldig.")


def verdict_recording(
    verdict: AbsenceValidity, allowance: bool, known: LeaveKind | None, account: Account
) -> str | None:
    """The key of the recording of what a verdict means, in the same cases as its sentence; None if corrected."""
    if account.corrected:
        return None
    match verdict:
        case AbsenceValidity.VALID if allowance and known in WITHOUT_ALLOWANCE:
            return "absence-unpaid"
        case AbsenceValidity.VALID:
            return "absence-kept" if allowance and not account.taken else "absence-valid"
        case AbsenceValidity.INVALID:
            return "absence-invalid" if allowance else "absence-invalid-training"
        case AbsenceValidity.UNDECIDED:
            return "absence-undecided"


def verdict_kind(verdict: AbsenceValidity) -> str:
    """The colour of a verdict."""
    return _VERDICTS[verdict][0]
