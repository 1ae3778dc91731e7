"""How customers say that they do not pay, or not by then. Data.

Patterns are written for text in lower case with plain apostrophes. What stands between two of ``PARTS`` is
said by itself, what stands between commas is a clause; a clause that refuses promises nothing, whatever day
it names.
"""

AS_OF = "2026-11-22"

PARTS: dict[str, str] = {
    "en": r"[;–—]|\b(?:but|however|though|although|instead)\b|"
    r"\b(?:and|so) (?=(?:we|i|it|they|this|the|will|payment)\b)",
    "de": r"[;–—]|\b(?:aber|sondern|jedoch|dafür)\b|"
    r"\bund (?=(?:wir|ich|die|zahlen|überweisen|werden)\b)",
    "nl": r"[;–—]|\b(?:maar|echter)\b|\ben (?=(?:we|wij|ik|de|betalen|zullen)\b)",
    "fr": r"[;–—]|\b(?:mais|cependant|toutefois)\b|\bet (?=(?:nous|je|le|la)\b)",
    "es": r"[;–—]|\b(?:pero|sino|sin embargo)\b|"
    r"\by (?=(?:nosotros|el|la|pagaremos|haremos)\b)",
}
REFUSING: dict[str, tuple[str, ...]] = {
    "en": (
        r"(?:\b(?:not|never|cannot|unable|impossible|unlikely|refuse)\b|n't\b).{0,60}"
        r"\b(?:pay|paid|paying|payments?|settled?|transfer|clear|remit|money|funds)\b",
        r"\b(?:pay|paid|paying|payments?|settle|transfer|remit)\b.{0,60}"
        r"(?:(?<!if )\bnot\b|n't\b|\b(?:cannot|impossible|unlikely)\b)",
        r"\bno (?:payment|money|funds)|\bnot (?:on|by|before|until)\b|n't expect\b",
    ),
    "de": (
        r"\b(?:nicht|kein\w*|nie|unmöglich|außerstande)\b.{0,60}"
        r"(?:zahl|überweis|ueberweis|begleich|beglich|anweis|angewies|ausgleich|geld)",
        r"(?:zahl|überweis|ueberweis|begleich|beglich|anweis|angewies|ausgleich|geld)\w*.{0,60}"
        r"\b(?:nicht|kein\w*|unmöglich)\b",
        r"\bnicht (?:am|bis|vor|zum)\b",
    ),
    "nl": (
        r"\b(?:niet|geen|nooit|onmogelijk)\b.{0,60}(?:betal|betaal|overma|overgemaakt|voldoe|voldaan|geld)",
        r"(?:betal|betaal|overma|overgemaakt|voldoe|voldaan|geld)\w*.{0,60}\b(?:niet|geen|onmogelijk)\b",
        r"\bniet (?:op|voor|uiterlijk)\b",
    ),
    "fr": (
        r"(?:\bne\b|\bn'|\bimpossible|\bincapables?).{0,80}(?:pay|pai|régl|règl|vir|sold|vers)",
        r"(?:paiement|règlement|virement|payer|payée?s?|régler|réglée?s?)\b.{0,60}(?:\bne\b|\bn'|impossible)",
        r"\bpas (?:le|avant|d'ici|en mesure)\b",
    ),
    "es": (
        r"\b(?:no|nunca|imposible)\b.{0,60}(?:pag|abon|transfer|liquid|realizar|dinero)",
        r"(?:pago|pagar|transferencia|abonar)\b.{0,60}\b(?:no|imposible)\b",
        r"\bno (?:el|antes|hasta)\b",
    ),
}
# A clause that ends so refuses what comes behind the next comma: "we cannot, as agreed, pay".
HANGING: dict[str, str] = {
    "en": r"(?:cannot|can't|can not|won't|will not|unable to|able to|not)\s*$",
    "de": r"(?:können|koennen|kann|werden|werde|wollen)\b.{0,30}\bnicht\s*$",
    "nl": r"(?:kunnen|kan|zullen|zal|gaan|willen)\b.{0,30}\bniet\s*$",
    "fr": r"\b(?:ne|n')\b.{0,30}\bpas\s*$",
    "es": r"\bno (?:podemos|podremos|puedo|podré|vamos a|voy a)\s*$",
}
