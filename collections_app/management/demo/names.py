"""Invented names: places that are on no map, people, trades. Put together by chance; no firm is real."""

from random import Random


def _several(words: str) -> list[str]:
    return words.split("|")


_FIRST = _several(
    "Ald|Bram|Cor|Dun|Elm|Fen|Gar|Hal|Ing|Kes|Lor|Mar|Nor|Ost|Pel|Quen|Ros|"
    "Sel|Tarn|Ulv|Ven|Wex|Yar|Zel|Brin|Cald|Drax|Holm"
)
_LAST = {
    "GB": _several("wick|ford|by|stead|mere|holt|combe|worth|dale|ridge|low|burn|thorpe|cote"),
    "DE": _several("hausen|brück|feld|berg|wald|stein|bach|moor|horst|rode|kamp|tal"),
    "US": _several("ville|ton|field|brook|haven|port|crest|moor|glen|side"),
}
_TRADES = {
    "GB": _several(
        "Tools|Joinery|Interiors|Bakery|Motors|Logistics|Fixings|Garden Centre|Catering|"
        "Packaging|Print|Electrical|Plumbing|Textiles|Dairy|Brewing|Timber|Scaffolding|"
        "Signs|Glass"
    ),
    "DE": _several(
        "Maschinenbau|Werkzeuge|Logistik|Elektrotechnik|Holzbau|Bäckerei|Verpackung|"
        "Medizintechnik|Gartenbau|Metallbau|Druckerei|Fördertechnik"
    ),
    "US": _several(
        "Outfitters|Hardware|Foods|Supply|Freight|Builders|Print Works|Lighting|Packaging|"
        "Auto Parts|Dental Supply|Roofing"
    ),
}
_FORMS = {
    "GB": ("Ltd", "Ltd", "Ltd", "plc", "LLP", "& Sons"),
    "DE": ("GmbH", "GmbH", "GmbH & Co. KG", "AG", "OHG", "e.K."),
    "US": ("Inc", "Inc", "LLC", "LLC", "Corp", "Co."),
}
_PUBLIC = {
    "GB": ("{} Borough Council", "{} Schools Trust", "{} Community Hospital"),
    "DE": ("Stadtwerke {}", "Gemeinde {}", "Klinikum {}"),
    "US": ("City of {}", "{} School District", "{} County Clinic"),
}
_GIVEN = {
    "GB": _several(
        "Amara|Ben|Chloe|David|Esther|Farid|Grace|Harry|Imogen|Joseph|Kemi|Liam|Maya|"
        "Noah|Olive|Peter|Ruth|Sadia|Theo|Una"
    ),
    "DE": _several(
        "Anna|Bernd|Clara|Dirk|Elif|Frank|Greta|Hanna|Ilse|Jan|Katrin|Lukas|Mehmet|"
        "Nora|Otto|Paula|Ralf|Sabine|Timo|Vera"
    ),
    "US": _several(
        "Alma|Brent|Cora|Diego|Elena|Frank|Gina|Hector|Irene|James|Keisha|Leo|Maria|"
        "Nolan|Opal|Quinn|Rosa|Sean|Tina|Wade"
    ),
}
_FAMILY = {
    "GB": _several(
        "Abara|Baxter|Cole|Dawson|Evans|Fofana|Gill|Hughes|Iqbal|Jarvis|Khan|Lowe|"
        "Mensah|North|Osei|Price|Rowe|Singh|Tully|Ward"
    ),
    "DE": _several(
        "Albers|Becker|Conrad|Demir|Ebert|Fuchs|Graf|Hahn|Jung|Keller|Lang|Maurer|"
        "Nagel|Otte|Pohl|Rieger|Sommer|Thiel|Vogel|Winter"
    ),
    "US": _several(
        "Alvarez|Brooks|Castillo|Dunn|Ellison|Flores|Garner|Hayes|Ibarra|Jensen|Kim|"
        "Lopez|Moss|Nunez|Ortiz|Pratt|Reyes|Stone|Tran|Webb"
    ),
}
_STREETS = {
    "GB": "{n} {place} Road\n{town}",
    "DE": "{place}er Straße {n}\n{town}",
    "US": "{n} {place} Avenue\n{town}",
}
# Ranges that no real telephone has.
_PHONES = {"GB": "+44 113 496 {:04d}", "DE": "+49 40 66969 {:03d}", "US": "+1 617 555 01{:02d}"}
_PHONE_LINES = {"GB": 1_000, "DE": 1_000, "US": 100}


def place(rng: Random, country: str) -> str:
    """A place that is on no map."""
    return rng.choice(_FIRST) + rng.choice(_LAST[country])


def firm(rng: Random, country: str, *, is_public: bool) -> str:
    """The name of a customer."""
    if is_public:
        return rng.choice(_PUBLIC[country]).format(place(rng, country))
    return f"{place(rng, country)} {rng.choice(_TRADES[country])} {rng.choice(_FORMS[country])}"


def person(rng: Random, country: str) -> str:
    """Somebody who works at a customer."""
    return f"{rng.choice(_GIVEN[country])} {rng.choice(_FAMILY[country])}"


def address(rng: Random, country: str) -> str:
    """Two lines of an address."""
    return _STREETS[country].format(
        n=rng.randint(1, 180), place=place(rng, country), town=place(rng, country)
    )


def phone(rng: Random, country: str) -> str:
    """A number from the ranges kept free for drama."""
    return _PHONES[country].format(rng.randrange(_PHONE_LINES[country]))
