"""How machines and people say that somebody is away, and machines that a message was received. Data.

Patterns of texts are written for small letters with plain apostrophes.
"""

AS_OF = "2026-11-22"

# So begins only what a machine wrote; behind it comes what it answers, a name or a day.
MACHINES_BEGIN: tuple[str, ...] = (
    r"auto(?:mat(?:ic|ed))?[- ]?(?:reply|response|answer|acknowledg\w+)|auto(?=\s*:)",
    r"out of (?:the )?office(?: (?:auto-?reply|reply|response|message|notice|notification))?|ooo",
    r"(?:not )?read(?=\s*:)|gelesen(?=\s*:)|lu(?=\s*:)",
    r"automatische (?:antwort|antwoord|rückmeldung)|automatisch antwoord",
    r"abwesenheits(?:notiz|meldung|benachrichtigung|nachricht|assistent)",
    r"buiten kantoor|afwezigheids(?:bericht|melding)",
    r"réponse automatique|message d['’]absence",
    r"respuesta autom[aá]tica|fuera de (?:la )?oficina|autorespuesta",
    r"risposta automatica|automatiskt svar|automatisk svar",
)
GOES_ON = r"\s*(?:$|[:;,.!(\[–—-]|(?:until|till|from|re|bis|vom|ab|tot|van|jusqu['’]au|du|hasta|del)\b)"
# So begins what a machine wrote, and what somebody misses or asks, too: the words behind it decide.
AWAY_BEGINS: tuple[str, ...] = (
    r"away|out of (?:the )?office|vacation|absen(?:ce|t)e?",
    r"(?:on )?(?:annual|maternity|parental|sick) leave|on leave",
    r"auto(?:matic|mated)?[- ]?(?:reply|response)|automatische (?:antwort|antwoord)|automatisch antwoord",
    r"réponse automatique|respuesta autom[aá]tica",
    r"abwesend|abwesenheit\w*|ich bin (?:nicht|abwesend|im urlaub)|im urlaub",
    r"afwezig(?:heid)?|niet aanwezig|buiten kantoor|ausen(?:te|cia)|fuera de (?:la )?oficina",
)
# What stands between that and a day.
TILL = (
    r"[\s:,(–—-]*(?:from|until|till|to|bis|vom|ab|van|tot|t/m|du|au|jusqu'au|del?|desde|hasta)?"
    r"(?: the| el| le| zum)?\W*(?:\d{1,2}\.? ?(?:au|bis|to|until|tot|al|[-–]) ?)?"
)
# What somebody says who is away, or their machine for them.
ABSENT: tuple[str, ...] = (
    r"(?:i am|i'm|i will be|i'll be|we are|is) (?:\w+ ){0,2}"
    r"(?:away|out of|on (?:\w+ )?(?:leave|holidays?|vacation)|not in)\b",
    r"out of (?:the )?office|limited access to (?:my )?e-?mail|(?:will be|am) back",
    r"(?:return|returning|back) (?:to the office )?on\b",
    r"(?:bin ich|ich bin|wir sind|sind wir) .{0,50}(?:abwesend|nicht (?:im|erreichbar)|im urlaub|außer haus)",
    r"im urlaub|nicht im (?:büro|hause?)|wieder (?:da|im büro|im hause?|erreichbar)\b",
    r"(?:ben ik|ik ben|wij zijn|we zijn) .{0,50}"
    r"(?:afwezig|niet aanwezig|(?:met|op) (?:vakantie|verlof)|niet op kantoor)",
    r"weer (?:aanwezig|bereikbaar|op kantoor)|(?:met|op) vakantie",
    r"(?:je suis|je serai|serai|nous sommes) .{0,30}"
    r"(?:absente?s?\b|en congés?|en déplacement|hors du bureau)",
    r"en congés? (?:jusqu|du|à partir)|de retour (?:le|au bureau|à partir)",
    r"(?:estoy|estaré|estamos|estaremos) .{0,30}(?:fuera|ausente|de vacaciones)",
    r"fuera de (?:la )?oficina|de vacaciones|\b(?:vuelvo|volveré|regreso|regresaré) ",
)
# What a machine says that received a message: it has a number by now, and somebody will answer.
RECEIVED: tuple[str, ...] = (
    r"(?:received|thank you for) your (?:e-?mail|message|enquiry|inquiry|request|ticket|mail)",
    r"your (?:e-?mail|message|enquiry|inquiry|request|ticket|case)\b.{0,40}"
    r"(?:been received|has the number|was received|assigned|logged|created)",
    r"ihre? (?:e-?mail|nachricht|anfrage|mitteilung|anliegen).{0,60}"
    r"(?:erhalten|eingegangen|ticket|bearbeitet)",
    r"uw (?:e-?mail|bericht|vraag|aanvraag|verzoek).{0,60}(?:ontvangen|behandeling|ticket)",
    r"(?:reçu|réception de) votre (?:e-?mail|message|demande|courriel)",
    r"votre (?:message|demande|courriel).{0,40}(?:reçu|enregistr|pris)",
    r"(?:recibido|recepción de) su (?:e-?mail|mensaje|correo|consulta|solicitud)",
    r"su (?:mensaje|correo|consulta|solicitud).{0,40}(?:recibid|registrad)",
)
