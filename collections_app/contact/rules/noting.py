"""What a note about people is better without: private matters, hearsay, and opinions of somebody. Pure.

A note stays for good and its customer may ask to read it, so the writer is asked once, kindly, before it is
kept. It is a question, never a refusal: sometimes the words are needed. The lists are data by language; all
languages are looked for, because a collector writes in the language of the call.

Source of the subjects: the special categories of personal data (GDPR article 9), and what creditors may be
asked to answer for when they write it down about somebody.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from collections_app.lib.refusals import Problem

RULE = "T10"
BETTER_LEFT_OUT = "better_left_out"
WORDS_MAX = 300
STANDING_MAX = 12


class NoteKind(StrEnum):
    """What a standing note is for."""

    HABIT = "habit"
    AVOID = "avoid"


KIND_LABELS = {NoteKind.HABIT: "Agreed habit", NoteKind.AVOID: "To avoid"}


class Matter(StrEnum):
    """What a word touches."""

    HEALTH = "health"
    FAMILY = "family"
    BELIEF = "belief"
    ORIGIN = "origin"
    HEARSAY = "hearsay"
    OPINION = "opinion"


ADVICE: dict[Matter, tuple[str, str]] = {
    Matter.HEALTH: ("is about somebody's health", "“not available until Monday” says what we need to know"),
    Matter.FAMILY: ("is about somebody's family", "“asked for time until Monday” says what we need to know"),
    Matter.BELIEF: (
        "is about somebody's belief or politics",
        "leave it out, and note the days that suit them",
    ),
    Matter.ORIGIN: ("is about where somebody is from", "leave it out; a language can be set on the contact"),
    Matter.HEARSAY: ("reads like hearsay", "write who said what, and when, or leave it out"),
    Matter.OPINION: ("is an opinion of somebody", "write what they said, in their words"),
}

# Whole words by language, parted by bars: regular expressions, with ``\w*`` where a word has endings.
WORDS: dict[str, dict[Matter, str]] = {
    "en": {
        Matter.HEALTH: (
            r"cancer | heart attack | surgery | depress(?:ed|ion) | (?:is|was|been|off) (?:ill|sick) | "
            r"illness | pregnan(?:t|cy) | alcoholic | drunk | burn-?out | "
            r"mental(?:ly)? (?:health|ill) | in hospital"
        ),
        Matter.FAMILY: (
            r"divorc(?:e|ed|ing) | (?:wife|husband|partner) (?:left|died|is leaving) | "
            r"having an affair | custody | death in the family | "
            r"(?:his|her) (?:wife|husband|son|daughter|mother|father)"
        ),
        Matter.BELIEF: (
            r"muslims? | jew(?:s|ish)? | catholics? | protestants? | hindus? | atheists? | "
            r"trade union member | votes? for"
        ),
        Matter.ORIGIN: (
            r"foreigners? | immigrants? | typical(?:ly)? \w+ (?:behaviou?r|mentality) | "
            r"those (?:people|foreigners) | gyps(?:y|ies)"
        ),
        Matter.HEARSAY: (
            r"rumou?rs? | word is | (?:i|we) heard (?:that )?they | going (?:bust|under|bankrupt) | "
            r"(?:nearly|almost|practically) bankrupt | apparently broke | "
            r"won'?t last (?:long|the year)"
        ),
        Matter.OPINION: (
            r"liars? | lying | idiots? | stupid | morons? | rude | lazy | useless | arrogant | "
            r"crooks? | clueless | con ?m[ae]n | waste of (?:time|space) | incompetent | dishonest | "
            r"unpleasant | difficult (?:man|woman|person)"
        ),
    },
    "de": {
        Matter.HEALTH: (
            r"krebs(?:krank\w*|diagnose) | herzinfarkt | schlaganfall | depress\w* | "
            r"krank(?:heit|geschrieben)? | schwanger\w* | alkoholiker\w* | betrunken"
        ),
        Matter.FAMILY: (
            r"scheidung | geschieden | (?:seine|ihre) (?:frau|mutter|tochter) | "
            r"(?:sein|ihr) (?:mann|vater|sohn) | todesfall"
        ),
        Matter.BELIEF: (
            r"moslem\w* | muslim\w* | juden | jüdisch\w* | katholi\w+ | evangelisch\w* | "
            r"gewerkschafter\w*"
        ),
        Matter.ORIGIN: r"ausländer\w* | typisch (?:deutsch|türkisch|polnisch|italienisch)",
        Matter.HEARSAY: (
            r"gerücht\w* | man hört | so gut wie pleite | "
            r"(?:bald|fast) (?:pleite|insolvent|bankrott) | angeblich pleite"
        ),
        Matter.OPINION: (
            r"lügner\w* | lügt | idiot\w* | dumm\w* | unverschämt\w* | faul | unfähig\w* | "
            r"arrogant\w* | betrüger\w*"
        ),
    },
    "nl": {
        Matter.HEALTH: (
            r"kanker | hartaanval | beroerte | depressi\w+ | ziekte | zwanger\w* | alcoholist\w* | "
            r"dronken"
        ),
        Matter.FAMILY: (
            r"scheiding | gescheiden | (?:zijn|haar) (?:vrouw|man|zoon|dochter|moeder|vader) | "
            r"sterfgeval"
        ),
        Matter.BELIEF: r"moslims? | joods?e? | katholieke? | vakbondslid",
        Matter.ORIGIN: r"buitenlanders? | allochto\w+",
        Matter.HEARSAY: r"geruchten? | naar verluidt | bijna failliet | gaat failliet",
        Matter.OPINION: (
            r"leugenaars? | liegt | idioot | idioten | domme | onbeschoft\w* | luie | waardeloo?s\w* | "
            r"arrogante? | oplichters?"
        ),
    },
    "fr": {
        Matter.HEALTH: (
            r"cancer | infarctus | avc | dépressi\w+ | (?:est|était) malade | maladie | enceinte | "
            r"alcoolique | ivre"
        ),
        Matter.FAMILY: r"divorc\w+ | (?:sa|son) (?:femme|mari|fils|fille|mère|père) | décès",
        Matter.BELIEF: r"musulman\w* | jui(?:f|ve|fs|ves) | catholiques? | syndicaliste",
        Matter.ORIGIN: r"immigrés? | ces étrangers",
        Matter.HEARSAY: r"rumeurs? | il paraît que | on dit que | (?:presque|bientôt) en faillite",
        Matter.OPINION: (
            r"menteu(?:r|se|rs) | ment | idiote?s? | stupides? | impolie?s? | paresseu(?:x|se) | "
            r"arrogante?s? | escrocs? | incompétente?s?"
        ),
    },
    "es": {
        Matter.HEALTH: (
            r"cáncer | infarto | ictus | depresi\w+ | está enferm[oa] | enfermedad | embarazada | "
            r"alcohólic[oa] | borrach[oa]"
        ),
        Matter.FAMILY: r"divorci\w+ | su (?:mujer|marido|esposa|hijo|hija|madre|padre) | fallecimiento",
        Matter.BELIEF: r"musulm[aá]n\w* | judí[oa]s? | católic[oa]s? | sindicalista",
        Matter.ORIGIN: r"inmigrantes? | esos extranjeros",
        Matter.HEARSAY: r"rumores? | dicen que | (?:casi|pronto) en quiebra",
        Matter.OPINION: (
            r"mentiros[oa]s? | miente | idiotas? | estúpid[oa]s? | maleducad[oa]s? | vag[oa]s? | "
            r"arrogantes? | estafador\w* | incompetentes?"
        ),
    },
}


@dataclass(frozen=True, slots=True)
class Finding:
    """Words of a note that are better left out, and what to write instead."""

    words: str
    matter: Matter
    rule: str = RULE

    @property
    def sentence(self) -> str:
        """One kind sentence for whoever writes."""
        why, instead = ADVICE[self.matter]
        return f"“{self.words}” {why}: {instead}."


def _pattern(languages: Collection[dict[Matter, str]]) -> re.Pattern[str]:
    groups = []
    for matter in Matter:
        words = (word for language in languages for word in language.get(matter, "").split(" | ") if word)
        groups.append(f"(?P<{matter.name}>{'|'.join(words)})")
    return re.compile(rf"(?<![\w-])(?:{'|'.join(groups)})(?![\w-])", re.IGNORECASE)


PATTERN = _pattern(WORDS.values())


def findings_of(said: str) -> list[Finding]:
    """What the note ``said`` is better without, each words once, in the order of the note."""
    found: dict[str, Finding] = {}
    for match in PATTERN.finditer(said):
        matter = Matter[match.lastgroup or ""]
        found.setdefault(match.group().casefold(), Finding(match.group(), matter))
    return list(found.values())


def problems_of_words(said: str, *, as_it_is: bool) -> list[Problem]:
    """What is asked once before ``said`` is kept; nothing when its writer wants it ``as_it_is``."""
    return [] if as_it_is else [Problem(BETTER_LEFT_OUT, each.sentence) for each in findings_of(said)]


@dataclass(frozen=True, slots=True)
class StandingNoteWords:
    """A standing note as somebody wants to write it, beside the ``others`` that stand for the customer."""

    words: str
    as_it_is: bool
    others: tuple[str, ...]


def problems_of(note: StandingNoteWords) -> list[Problem]:
    """Everything that speaks against ``note``; empty when nothing does."""
    found, words = [], note.words.strip()
    if not words:
        found.append(Problem("says_nothing", "Write the habit, or what to avoid, in a few words."))
    if len(words) > WORDS_MAX:
        found.append(Problem("too_long", f"Keep the note within {WORDS_MAX} letters, so that it is read."))
    if words.casefold() in {other.casefold() for other in note.others}:
        found.append(Problem("noted_already", "That is on the card already."))
    if len(note.others) >= STANDING_MAX:
        found.append(
            Problem(
                "too_many", f"{STANDING_MAX} notes stand already and more are not read. Take one off first."
            )
        )
    return found + problems_of_words(words, as_it_is=note.as_it_is)
