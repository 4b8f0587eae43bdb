"""Norwegian words that stay Norwegian in every language, because they stand so on letters, cards and signs."""

import re

from markupsafe import Markup

NAMES = re.compile(
    r"Introportalen|ID[-‑]porten|MinID|BankID|Buypass ID|Buypass|Commfides|Husbanken|Statsforvalteren|Nav|"
    r"Norsk B1|[ABC][12]|\be?ID\b|\bkr\b|https?://\S+"
)
KEPT = re.compile(
    r"\b(?:fødselsnummer|[dD][-‑]nummer|barnetrygd|fagbrev|deltakerbevis|integreringsloven|karrieresenter|fylke|"
    r"integreringskontrakt|integreringserklæring|introduksjonsprogram|introduksjonsstønad|norskplan|norskprøve|"
    r"egenmelding|legeerklæring|lønnsslipp|vedtak)(?:et|en)?\b"
)
_MARKED = r'<span lang="nb" dir="ltr">\g<0></span>'


def marked(translated: str) -> Markup:
    """A translated message as HTML, with the Norwegian words in it marked as Norwegian."""
    return Markup(KEPT.sub(_MARKED, translated))


def without(text: str) -> str:
    """`text` without the names and words that may stand in any language."""
    return KEPT.sub(" ", NAMES.sub(" ", text))
