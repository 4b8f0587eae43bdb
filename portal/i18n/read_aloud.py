"""The help texts that can be recorded: what stands in a part of a page, in the order in which it is read.

Only texts without values in them, the same for everybody. A part that names a day, a sum or an office is read by a
voice of the device instead. The sentences are those of the pages themselves (a test compares them).
"""

TEXTS: dict[str, tuple[str, ...]] = {
    # Before one is signed in.
    "portal": (
        "Dette kan du gjøre her",
        "Les planen din og se hvor du er.",
        "Se hvor du skal, og når.",
        "Si fra når du ikke kan komme.",
        "Se hva du får utbetalt, og hvorfor.",
    ),
    "sign-in": (
        "Slik logger du inn",
        "Trykk på «Logg inn med ID-porten».",
        "Velg MinID, BankID, Buypass eller Commfides.",
        "Siden til ID-porten er på norsk eller engelsk.",
        "Etterpå kommer du tilbake hit, på ditt språk.",
        "Gi aldri koden din til andre. Heller ikke til oss.",
    ),
    "no-eid": (
        "Har du ikke elektronisk ID?",
        "MinID er gratis. Du trenger fødselsnummer eller d-nummer.",
        "Du får et brev i posten. Det tar omtrent 10 dager.",
        "Du kan få alt på papir hos kommunen. Det er like bra.",
        "Ring kommunen, og be om tolk hvis du trenger det.",
    ),
    "not-registered": (
        "Kommunen har ikke registrert deg ennå",
        "Du har ikke gjort noe galt, og innloggingen virker.",
        "Ring kommunen din eller programrådgiveren din.",
        "Si at du ikke er registrert i portalen.",
        "Prøv igjen når kommunen sier at det er klart.",
    ),
    # The plan.
    "plan-right": (
        "Planen er din rett",
        "Loven sier at du skal ha en plan.",
        "Du skal være med og lage den.",
        "Har du ventet lenge? Ring rådgiveren din.",
    ),
    "before-programme": (
        "Dette skjer først",
        "Kartlegging",
        "Dere snakker om skole, jobb og hva du kan.",
        "Karriereveiledning",
        "En veileder snakker med deg om yrker.",
        "Planen",
        "Du og rådgiveren lager planen sammen.",
        "Start",
        "Du får timeplan, og stønaden begynner.",
    ),
    "before-training": (
        "Dette skjer først",
        "Kartlegging",
        "Dere snakker om hvor mye norsk du kan.",
        "Norskplan",
        "Du og kommunen lager planen sammen.",
        "Start",
        "Du får timeplan for norskkurset.",
    ),
    "after-programme": (
        "Hva nå?",
        "Nav hjelper deg med å finne arbeid.",
        "Karrieresenteret i fylket hjelper deg med utdanning.",
        "Du kan ha rett til mer norskopplæring. Spør kommunen.",
    ),
    # What an absence means, and what to do where it is wrong.
    "absence-kept": ("Gyldig fravær", "Du beholder pengene."),
    "absence-valid": ("Gyldig fravær", "Du trenger ikke gjøre noe."),
    "absence-unpaid": ("Gyldig fravær", "Du får ikke stønad for disse dagene."),
    "absence-invalid": ("Ugyldig fravær", "Kommunen har ikke godkjent fraværet. Derfor får du mindre penger."),
    "absence-invalid-training": ("Ugyldig fravær", "Kommunen har ikke godkjent fraværet."),
    "absence-undecided": ("Ikke avgjort", "Kommunen avgjør om det er gyldig."),
    "absence-wrong": (
        "Er noe feil?",
        "Si fra her, så ser kommunen på det.",
        "Ring eller skriv til rådgiveren.",
        "Si hvilken dag det gjelder.",
    ),
    # Leave, taken back.
    "withdraw": ("Da gjelder det ikke lenger. Du må komme som vanlig.", "Du kan sende på nytt senere."),
    # Money.
    "allowance-tax": ("Du betaler skatt av stønaden.", "Lønnsslippen viser skatten og det du får."),
    "allowance-wrong": (
        "Ring rådgiveren din. Dere ser på summen sammen.",
        "Er fraværet feil? Si fra til kommunen.",
    ),
    "allowance-ended": ("Stønaden er slutt", "Programmet ditt er slutt. Nav kan hjelpe deg videre."),
    "no-allowance": (
        "Hvorfor?",
        "Stønaden er bare for dem som er i programmet.",
        "Derfor blir du ikke trukket i penger når du er borte.",
    ),
    "ask-about": (
        "Dette kan du spørre om",
        "Nav: økonomisk hjelp når du ikke har nok penger.",
        "Nav: barnetrygd hvis du har barn.",
        "Husbanken: hjelp til å betale husleie.",
        "Kommunen: kan jeg få bli med i programmet?",
    ),
}
