"""The few words of the demo page in the four languages of ID-porten (Northern Sami is `se` there)."""

from collections.abc import Mapping

_WORDS: dict[str, dict[str, str]] = {
    "nb": {
        "html": "nb",
        "title": "Øvings-ID-porten",
        "explained": "Dette er ikke ID-porten. Ingen her er virkelige. Velg hvem du vil være.",
        "number": "Fødselsnummer eller d-nummer",
        "level": "Nivå",
        "sign_in": "Logg inn",
        "choose": "Logg inn som denne",
        "cancel": "Avbryt",
        "wrong": "Skriv elleve siffer.",
        "stale": "Ugyldig eller utløpt økt. Gå tilbake til tjenesten og prøv igjen.",
        "signed_out": "Du er logget ut.",
        "onward": "Gå videre",
    },
    "nn": {
        "html": "nn",
        "title": "Øvings-ID-porten",
        "explained": "Dette er ikkje ID-porten. Ingen her er verkelege. Vel kven du vil vere.",
        "number": "Fødselsnummer eller d-nummer",
        "level": "Nivå",
        "sign_in": "Logg inn",
        "choose": "Logg inn som denne",
        "cancel": "Avbryt",
        "wrong": "Skriv elleve siffer.",
    },
    "en": {
        "html": "en",
        "title": "Practice ID-porten",
        "explained": "This is not ID-porten. Nobody here is real. Choose who you want to be.",
        "number": "National identity number or D number",
        "level": "Level",
        "sign_in": "Sign in",
        "choose": "Sign in as this person",
        "cancel": "Cancel",
        "wrong": "Type eleven digits.",
    },
    "se": {
        "html": "se",
        "title": "Hárjehallan-ID-porten",
        "explained": "Dát ii leat ID-porten. Vállje gii don háliidat leat.",
        "number": "Riegádannummir dahje D-nummir",
        "level": "Dássi",
        "sign_in": "Logge sisa",
        "choose": "Logge sisa",
        "cancel": "Gaskkalduhte",
        "wrong": "Čále oktanuppelogi logu.",
    },
}


def words(language: str) -> Mapping[str, str]:
    """The page's words; bokmål for a language or a word that is not here."""
    return {**_WORDS["nb"], **_WORDS.get(language, {})}
