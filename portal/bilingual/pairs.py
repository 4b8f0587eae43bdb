"""The lines of a page beside the lines of the same page in Norwegian, sentence by sentence."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import pairwise, zip_longest

from portal.bilingual.lines import HEADINGS, PRESS, PageLine, Text, TextPiece, tidied
from portal.i18n.languages import BY_ID

_END = re.compile(r"[.!?؟۔።፧፨…]+[)\]\"'»”]*[ \n]+|\n+")
_NO_END = re.compile(r"\b(?:kl|ca|nr)$|(?:^|[.!?؟۔።፧፨\n] ?)\d{1,2}$", re.IGNORECASE)
_FIGURES = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Pair:
    """The same in the reader's language and in Norwegian; one is empty where only the other page says it."""

    own: Text
    norwegian: Text
    kind: str
    is_folded: bool = False


def side_by_side(own: Sequence[PageLine], norwegian: Sequence[PageLine]) -> Iterator[Pair]:
    """Every line with its counterpart, in pieces that two people can point at."""
    for mine, theirs in _counterparts(own, norwegian):
        if mine and theirs:
            yield from (Pair(*pair, mine.kind, mine.is_folded) for pair in _by_sentence(mine.text, theirs.text))
        elif mine:
            yield Pair(mine.text, _norwegian_of(mine), mine.kind, mine.is_folded)
        elif theirs:
            yield Pair((), theirs.text, theirs.kind, theirs.is_folded)


def what_matters(pairs: Sequence[Pair], most: int) -> tuple[list[Pair], list[Pair]]:
    """The first `most` lines that one sees at once on the page, which begins with what matters, and the rest. Buttons
    are for the page itself.
    """
    seen = [pair for pair in pairs if not pair.is_folded and pair.kind != PRESS]
    first = seen[:most]
    while first and first[-1].kind in HEADINGS:
        first.pop()
    chosen = {id(pair) for pair in first}
    return first, [pair for pair in pairs if id(pair) not in chosen]


def _norwegian_of(line: PageLine) -> Text:
    """What a line that only the own page has says in Norwegian, as far as it does."""
    spoken = all(piece.lang in BY_ID and BY_ID[piece.lang].reads_norwegian for piece in line.text)
    return line.text if spoken else (TextPiece(line.beneath),) if line.beneath else ()


def _counterparts(
    own: Sequence[PageLine], norwegian: Sequence[PageLine]
) -> Iterator[tuple[PageLine | None, PageLine | None]]:
    """Lines that stand in the same place. A page may say more in one language: that a text is not translated, say."""
    matcher = SequenceMatcher(None, [line.place for line in own], [line.place for line in norwegian], autojunk=False)
    for _what, mine, mine_end, theirs, theirs_end in matcher.get_opcodes():
        yield from zip_longest(own[mine:mine_end], norwegian[theirs:theirs_end])


def _by_sentence(own: Text, norwegian: Text) -> list[tuple[Text, Text]]:
    """Sentence by sentence where both say as many, with the same figures; the whole line otherwise."""
    mine, theirs = _sentences(own), _sentences(norwegian)
    same = len(mine) == len(theirs) and all(map(_same_figures, mine, theirs))
    return list(zip(mine, theirs, strict=True)) if same else [(own, norwegian)]


def _same_figures(own: Text, norwegian: Text) -> bool:
    return _figures(own) == _figures(norwegian)


def _figures(text: Text) -> list[str]:
    return sorted(_FIGURES.findall(" ".join(piece.text for piece in text)))


def _sentences(text: Text) -> list[Text]:
    whole = "".join(piece.text for piece in text)
    values = list(_values(text))
    cuts = [
        end.end()
        for end in _END.finditer(whole)
        if end.end() < len(whole)
        and not any(end.start() < last and first < end.end() for first, last in values)
        and not _goes_on(whole[: end.start()], whole[end.end()], end.group())
    ]
    borders = [0, *cuts, len(whole)]
    return [tidied(list(_slice(text, *border))) for border in pairwise(borders)]


def _goes_on(before: str, following: str, end: str) -> bool:
    """Whether a full stop is none: after an abbreviation or a number in a list, or with a small letter to follow."""
    return "\n" not in end and (following == "·" or following.islower() or bool(_NO_END.search(before)))


def _values(text: Text) -> Iterator[tuple[int, int]]:
    """Where values stand: a name with a full stop in it is no end of a sentence."""
    position = 0
    for piece in text:
        if piece.isolated:
            yield position, position + len(piece.text)
        position += len(piece.text)


def _slice(text: Text, first: int, last: int) -> Iterator[TextPiece]:
    position = 0
    for piece in text:
        part = piece.text[max(0, first - position) : max(0, last - position)]
        if part:
            yield replace(piece, text=part)
        position += len(piece.text)
