"""Taking files into the store: all files of one command in one transaction, whole or not at all."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from portal.casework import access_log
from portal.exchange.alone import alone
from portal.exchange.attendance import storing as attendance
from portal.exchange.attendance.table import registrations
from portal.exchange.comparing import comparing
from portal.exchange.document import importing
from portal.exchange.document.importing import Head
from portal.exchange.document.unchanged import DocumentDifferences, Earlier
from portal.exchange.problems import Report, SourceLocation, Verbatim
from portal.exchange.stream import Count
from portal.exchange.timetable import storing as timetable
from portal.exchange.timetable.storing import Timetable
from portal.store.db import Store, rule
from portal.store.rows import table_of
from portal.tables.log import Access, ImportedFile

KINDS = {".json": "document", ".ics": "timetable", ".csv": "attendance"}
BLOCK = 1 << 20
_FILE = table_of(ImportedFile)


@dataclass(slots=True)
class _Files:
    """The files of a command by kind, with the digests of their bytes; `left_out` are those not taken whole."""

    paths: dict[str, list[Path]] = field(default_factory=lambda: {kind: [] for kind in KINDS.values()})
    digests: dict[Path, str] = field(default_factory=dict)
    left_out: set[Path] = field(default_factory=set)


def take(
    store: Store, paths: Iterable[Path], *, municipality: str | None = None, read: Count = lambda _number: None
) -> Report:
    """Take files into the store. With any problem nothing is taken, and the report names every one.

    `municipality` is the organisation number that timetables and attendance belong to, needed where the store has
    several. `read` hears of the bytes read, in all `bytes_to_read(paths)` or a little less.
    """
    report = Report()
    files = _by_kind(paths, report)
    heads = [(path, importing.head(path, report, read)) for path in files.paths["document"]]
    timetables = [
        found for path in files.paths["timetable"] if (found := timetable.timetable(path, report, read)) is not None
    ]
    with alone(store, _whose(heads, timetables, files, municipality)):
        with comparing(store) as session:
            documents = _compared(session, files, heads, report, read)
            attendances = _compared_lessons(session, files, timetables, municipality, (report, read))
        with store.write_session() as session:
            try:
                _documents(session, files, documents, report)
                for found in timetables:
                    timetable.take(session, found, municipality, report)
                for lines in attendances:
                    attendance.take(session, lines, municipality, report)
                access_log.note(session, Access.IMPORTED, report.updated)
                _remember(session, files)
                if not report.problems:
                    session.commit()
            except IntegrityError as refused:
                _tell_refused(refused, files, report)
            session.rollback()
    report.problems.sort(key=lambda problem: (problem.file, problem.line or 0))
    return report


def _whose(
    heads: Iterable[tuple[Path, Head | None]],
    timetables: Iterable[Timetable],
    files: _Files,
    municipality: str | None,
) -> set[str | None]:
    """The organisation numbers of everything that is taken; None among them where a file does not say."""
    named = {head.given.municipality.org_number for _, head in heads if head}
    others = {found.municipality or municipality for found in timetables}
    return {*named, *others, *([municipality] if files.paths["attendance"] else [])}


def files_in(paths: Iterable[Path]) -> list[Path]:
    """The paths, with every folder replaced by the files in it that can be imported, in order of name."""
    return [
        file
        for path in paths
        for file in (sorted(f for f in path.iterdir() if f.suffix.lower() in KINDS) if path.is_dir() else [path])
    ]


def bytes_to_read(paths: Iterable[Path]) -> int:
    """How much reading an import of these files is: documents are read twice."""
    return sum(
        path.stat().st_size * (2 if path.suffix.lower() == ".json" else 1) for path in files_in(paths) if path.is_file()
    )


def _by_kind(paths: Iterable[Path], report: Report) -> _Files:
    files = _Files()
    for path in files_in(paths):
        kind = KINDS.get(path.suffix.lower())
        if kind is None:
            SourceLocation(report, path).problem(
                Verbatim(f"a file ending in {path.suffix!r}"), f"one of {', '.join(KINDS)}"
            )
            continue
        try:
            digest = _digest(path)
        except OSError as wrong:
            SourceLocation(report, path).problem(Verbatim(str(wrong.strerror)), "a file that can be read")
            continue
        if digest not in files.digests.values():
            files.digests[path] = digest
            files.paths[kind].append(path)
    return files


def _digest(path: Path) -> str:
    found = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            found.update(block)
    return found.hexdigest()


def _compared(
    session: Session, files: _Files, heads: Sequence[tuple[Path, Head | None]], report: Report, read: Count
) -> list[tuple[Head, DocumentDifferences]]:
    """Documents in the order they were issued, with what they say that is not stored; of those whose head is wrong,
    what is wrong with the rest as well.
    """
    known = _known(session, files)
    for path, head in heads:
        if head is None:
            importing.check(path, report, read)
    earlier: dict[str, Earlier] = {}
    found = []
    for head in sorted((head for _, head in heads if head), key=lambda head: head.given.issued_at):
        mine = earlier.setdefault(head.given.municipality.org_number, Earlier())
        is_new = files.digests[head.path] not in known
        found.append((head, importing.compare(session, head, report, read, mine) if is_new else DocumentDifferences()))
    return found


def _compared_lessons(
    session: Session,
    files: _Files,
    timetables: Iterable[Timetable],
    municipality: str | None,
    told: tuple[Report, Count],
) -> list[attendance.AttendanceComparison]:
    """Attendance, with what it says that is not stored; timetables keep only what is not stored."""
    touched = attendance.Touched()
    for found in timetables:
        timetable.compare(session, found, municipality, touched.owners)
    return [
        attendance.compare(session, registrations(path, *told), path, municipality, touched)
        for path in files.paths["attendance"]
    ]


def _documents(
    session: Session, files: _Files, documents: Iterable[tuple[Head, DocumentDifferences]], report: Report
) -> None:
    """Store documents."""
    known = _known(session, files)
    for head, compared in documents:
        if files.digests[head.path] in known:
            report.notices.append(f"{head.path}: this very file was taken before: nothing changed")
        elif not importing.take(session, head, compared, report):
            files.left_out.add(head.path)


def _known(session: Session, files: _Files) -> set[str]:
    found = session.scalars(select(_FILE.c.digest).where(_FILE.c.digest.in_(files.digests.values())))
    return set(found)


def _remember(session: Session, files: _Files) -> None:
    known = _known(session, files)
    rows = [
        {"digest": files.digests[path], "kind": kind}
        for kind, paths in files.paths.items()
        for path in paths
        if files.digests[path] not in known and path not in files.left_out
    ]
    if rows:
        session.execute(insert(_FILE), rows)


def _tell_refused(refused: IntegrityError, files: _Files, report: Report) -> None:
    """A rule of the database that no check had foreseen."""
    for path in files.digests:
        SourceLocation(report, path).problem(
            Verbatim("something that the database refuses"), f"the rule {rule(refused)}"
        )
