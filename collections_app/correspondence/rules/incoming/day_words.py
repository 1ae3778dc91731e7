"""How languages name a day without its date: weekdays, tomorrow, the end of the month. Data.

Patterns are written for text in lower case. A weekday is the first one after the day on which it was written,
unless its week is named too.
"""

from dataclasses import dataclass

AS_OF = "2026-11-22"


@dataclass(frozen=True, slots=True)
class DayWords:
    """One language. ``weekdays`` from Monday on; ``nearby`` by days from the day of writing; ``after_days``
    and ``after_weeks`` have one group, a figure or one of ``numbers``.
    """

    weekdays: tuple[str, ...]
    next_week: str
    nearby: dict[int, str]
    end_of_week: str
    end_of_month: str
    after_days: str
    after_weeks: str
    numbers: tuple[str, ...]


DAY_WORDS: dict[str, DayWords] = {
    "en": DayWords(
        weekdays=(
            "mon(?:day)?",
            "tue(?:s(?:day)?)?",
            "wed(?:nesday)?",
            "thu(?:rs(?:day)?)?",
            "fri(?:day)?",
            "sat(?:urday)?",
            "sun(?:day)?",
        ),
        next_week=r"next week|the week after|next (?={days})",
        nearby={0: r"today|tonight|this (?:morning|afternoon)", 2: "day after tomorrow", 1: "tomorrow"},
        end_of_week=r"(?:end of|later) (?:this|the) week|this week",
        end_of_month=r"(?:end of|later) (?:this|the) month|month[- ]?end|this month",
        after_days=r"(?:in|within)(?: the next)? (\w+) (?:working |business )?days?",
        after_weeks=r"(?:in|within)(?: the next)? (\w+) weeks?",
        numbers=("one a", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    ),
    "de": DayWords(
        weekdays=("montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag|sonnabend", "sonntag"),
        next_week=r"(?:nächste[rn]?|kommende[rn]?|folgende[rn]?) woche",
        nearby={0: "heute", 2: "übermorgen", 1: r"(?<!guten )(?<!schönen )\bmorgen"},
        end_of_week=r"ende (?:der|dieser) woche|diese woche|wochenende",
        end_of_month=r"(?:ende|bis ende) (?:des|dieses) monats|monatsende|ende monat",
        after_days=r"(?:in|innerhalb von|binnen)(?: den nächsten)? (\w+) (?:werk|arbeits)?tagen?",
        after_weeks=r"(?:in|innerhalb von|binnen)(?: den nächsten)? (\w+) wochen?",
        numbers=(
            "einem einer",
            "zwei",
            "drei",
            "vier",
            "fünf",
            "sechs",
            "sieben",
            "acht",
            "neun",
            "zehn",
        ),
    ),
    "nl": DayWords(
        weekdays=("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"),
        next_week=r"volgende week|komende week|volgende (?={days})",
        nearby={0: "vandaag|vanmiddag|vanavond", 2: "overmorgen", 1: r"\bmorgen"},
        end_of_week=r"eind(?:e)? (?:van )?(?:de|deze) week|deze week",
        end_of_month=r"eind(?:e)? (?:van )?(?:de|deze) maand|maandeinde|deze maand",
        after_days=r"(?:over|binnen) (\w+) (?:werk)?dag(?:en)?",
        after_weeks=r"(?:over|binnen) (\w+) we(?:ek|ken)",
        numbers=("een één", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien"),
    ),
    "fr": DayWords(
        weekdays=("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
        next_week="la semaine prochaine|semaine prochaine|de la semaine suivante",
        nearby={0: "aujourd'hui", 2: "après[- ]demain", 1: "demain"},
        end_of_week="fin de (?:la|cette) semaine|cette semaine",
        end_of_month="fin (?:de|du|de ce|de cette)? ?mois|fin du mois|ce mois-ci|ce mois",
        after_days=r"(?:dans|sous|d'ici)(?: les)? (\w+) jours?",
        after_weeks=r"(?:dans|sous|d'ici) (\w+) semaines?",
        numbers=("un une", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix"),
    ),
    "es": DayWords(
        weekdays=("lunes", "martes", "miércoles|miercoles", "jueves", "viernes", "sábado|sabado", "domingo"),
        next_week="(?:la )?(?:próxima semana|proxima semana|semana que viene|semana próxima|semana proxima)",
        nearby={
            0: r"\bhoy\b",
            2: "pasado mañana",
            1: r"(?<!la )(?<!esta )(?<!pasado )\bmañana",
        },
        end_of_week="(?:a )?fin(?:al)? de (?:la |esta )?semana|esta semana",
        end_of_month="(?:a )?fin(?:al|ales)? (?:de|del)(?: este)? mes|este mes",
        after_days=r"(?:en|dentro de)(?: los próximos)? (\w+) días",
        after_weeks=r"(?:en|dentro de) (\w+) semanas?",
        numbers=("un una", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez"),
    ),
}
