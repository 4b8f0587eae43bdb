"""Words that the bokmål of the portal avoids, what to write instead, and the sentences that rightly say one.

The words to write are those of the law, of letters, doctors and teachers: what one reads here one meets again there.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

_OFFICIAL = (
    r"vedrørende|ovennevnte|herunder|samt|foreligge\w*|anmod\w*|oversend\w*|besørg\w*|medfør\w*|således|såfremt|"
    r"benytt\w*|ytterligere|inneværende|avhold\w*|foreta\w*|forelegg\w*|bistå\w*|bistand|eventuel\w*|respektive|"
    r"vedkommende|hjem(?:mel|let)|i henhold til|med hensyn til|i forbindelse med|på bakgrunn av|innvilges|avslås|"
    r"behandles|registreres|beregnes|avgjøres|utbetales|gjøres oppmerksom|undertegnede|kan bli gjenstand"
)


class Avoided(NamedTuple):
    """What to write in place of the words that `pattern` finds."""

    pattern: re.Pattern[str]
    instead: str


def _words(pattern: str, instead: str) -> Avoided:
    return Avoided(re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE), instead)


AVOIDED = (
    _words(_OFFICIAL, "slik folk sier det"),
    _words("dersom", "hvis"),
    Avoided(re.compile(r"\b(?:ca|osv|bl\.a|f\.eks|m\.m|mht|evt|ev|jf|iht|komm)\.", re.IGNORECASE), "hele ordet"),
    # the words of the law
    _words(r"papir(?:et|er|ene)? fra lege\w*|legeattest\w*|sykemelding\w*", "legeerklæring"),
    _words(r"papir(?:et|er|ene)?(?! fra lege)", "dokumentasjon"),
    _words(r"(?:si|sier|sa|sagt) fra selv", "egenmelding"),
    _words(r"foreldrepermisjon\w*", "omsorgspermisjon"),
    _words(r"(?:be|ber|ba|bedt) om", "søke om"),
    _words(r"(?:skrive|skriver|skrev|skrevet)(?: det| den| deg)? (?:ned|inn)", "registrere"),
    _words(r"(?:legge|legger|la|lagt)(?: \w+)? inn", "registrere"),
    _words(r"(?<!deltaker)bevis(?:et|er|ene)?", "deltakerbevis"),
    _words("mer norsk", "mer norskopplæring"),
    _words(r"(?:ta|tar|tok|tatt) opplæring", "få opplæring"),
    _words(r"religiøse? dag(?:en|er|ene)?", "religiøs høytidsdag"),
    _words("tallet|tallene", "beløpet"),
    _words("avlyst", "annullert"),
    _words(r"bestemmer \S+ klagen|bestemmer \S+ om klagen", "avgjør klagen"),
    # what blames, or hurts
    _words("uten gyldig grunn|hadde ikke fri", "registrert som ugyldig"),
    _words("galt med deg|passe på deg|ikke for deg", "hva det gjelder"),
    # what is put together of foreign words
    _words(r"bli(?:r|tt)? borte|ble borte", "være borte eller ta fri"),
    _words("fri for alle", "alle har fri"),
    _words(r"reglene (?:nevner|gir deg)", "står i reglene, etter reglene"),
    _words("ikke skole", "ingen skole"),
    _words("kan nivå", "er på nivå"),
    _words("har alt", "har allerede"),
    _words("en nær som", "noen nær deg, en nær pårørende"),
    _words(r"innkalling\w*", "brev eller timeavtale"),
    _words("gjelder (?:ikke )?penger", "taper penger"),
)

#: Sentences that rightly say a word to avoid, and why.
RIGHTLY = {
    "Du kan få alt på papir hos kommunen. Det er like bra.": "paper itself",
    "Ring kommunen, og be om tolk hvis du trenger det.": "an interpreter is not applied for",
    "Ring %(place)s. Du kan be om tolk.": "an interpreter is not applied for",
    "Rådgiveren kan hjelpe deg med å skrive. Du kan be om tolk.": "an interpreter is not applied for",
    "Be om dette på mitt språk": "a translation is not applied for",
    "Du har bedt om teksten på språket ditt.": "a translation is not applied for",
    "Avlyst": "a lesson",
}


def said(message: str) -> Iterator[str]:
    """Each word to avoid that `message` says, with what to write instead."""
    for words in AVOIDED if message not in RIGHTLY else ():
        yield from (f"says {found[0]!r}: write {words.instead!r}" for found in words.pattern.finditer(message))
