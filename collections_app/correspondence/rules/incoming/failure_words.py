"""How mail systems say that a message did not arrive, by what they say and in several languages. Data.

Standard reports (RFC 3464) are read by their fields and need none of this; these are the words of systems
that write no report, or break it.
"""

import re

AS_OF = "2026-11-22"


def _any(*parts: str) -> re.Pattern[str]:
    return re.compile("|".join(parts), re.IGNORECASE | re.MULTILINE)


# Who writes such notices, by name or by the part before the @.
SENDERS = _any(
    r"mailer-?daemon",
    r"post\s?master",
    r"mail(?:er)?[ ._-]*(?:delivery|administrator|system|service|daemon|gateway)",
    r"mdaemon",
    r"delivery[ ._-](?:sub)?system",
    r"system administrator",
    r"smtp[_ -](?:mail|gateways?)",
    r"^ndr@",
    r"^imss@",
    r"internet mail",
    r"jetmail",
)
SUBJECTS = _any(
    r"undeliver(?:able|ed)",
    r"(?:mail|message|delivery)[^\n]{0,20}(?:fail(?:ed|ure)|error|problem|not delivered|"
    r"could not be delivered)",
    r"fail(?:ed|ure)[^\n]{0,12}(?:mail|notice|delivery|notification)",
    r"returned mail",
    r"non-?delivery",
    r"delivery (?:status )?(?:notification|report)",
    r"not deliver(?:ed|able)",
    r"^permanent delivery failure",
    r"automatically rejected mail",
    r"processing error",
    r"bounce notification",
    r"unzustellbar",
    r"(?:nicht|konnte nicht)[^\n]{0,20}zugestellt",
    r"zustell(?:ung|fehler)",
    r"onbestelbaar|niet (?:afgeleverd|bezorgd)|bezorging mislukt",
    r"non (?:remis|délivré|distribué|distribuable)|[ée]chec d[e'’]",
    r"no se (?:pudo|puede|ha podido) entregar|no entregado|devuelto|error de entrega",
    r"mancato recapito|недоставленное",
    r"non recensé",
)
# Said of a message that somebody sent, in the words of the notice itself.
FAILED = _any(
    r"(?:could|can|was|were|were|is) ?not (?:be )?(?:deliver|reach|complete)",
    r"did not (?:receive|reach)",
    r"undeliver(?:able|ed)",
    r"(?:unable|not able|wasn['’]t able|failed) to deliver",
    r"delivery (?:to|of|for)[^\n]{0,120}(?:fail|not possible|has been rejected)",
    r"deliver[^\n]{0,60}(?:failed|failure|problems)",
    r"(?:has|have|had|been|was) (?:been )?(?:returned|rejected|undeliverable|bounced)",
    r"failed because",
    r"failed recipient",
    r"permanent(?:ly)? (?:fatal )?(?:error|fail)",
    r"(?:user|recipient|mailbox|account|address|userid)[^\n]{0,40}(?:unknown|not (?:known|found|exist|"
    r"listed)|invalid)",
    r"(?:unknown|no such|invalid|nonexistent)[^\n]{0,20}(?:user|recipient|mailbox|address|account|delivery)",
    r"not delivered",
    r"did not exactly match",
    r"error was detected while processing",
    r"(?:over|exceed)[a-z]*[^\n]{0,20}quota",
    r"too many hops|message looping",
    r"not accepting mail",
    r"nicht zugestellt|unzustellbar|nicht ausgeliefert|empfänger (?:unbekannt|existiert nicht)",
    r"niet (?:worden )?(?:afgeleverd|bezorgd)|kon niet|onbestelbaar|bestaat niet",
    r"n['’]a (?:pas|pu)[^\n]{0,30}(?:remis|livr|distribu|delivre)|n['’]existe pas|destinataire inconnu",
    r"no (?:se )?(?:ha )?(?:podido|pudo|puede)[^\n]{0,20}entreg|no existe|destinatario desconocido",
    r"не может быть|невозможно доставить",
)
# The system tries again, or asks to: nothing is decided yet.
WAITING = _any(
    r"will (?:be retried|be resent|continue (?:to try|trying)|keep trying|retry)",
    r"(?:attempts|trying) will continue",
    r"continue trying",
    r"delivery attempts will",
    r"delivery[^\n]{0,80}(?:delayed|postponed)|(?:been|message|mail) (?:delayed|postponed)|delayed mail",
    r"warning (?:message )?only",
    r"not yet (?:been )?(?:delivered|received)",
    r"still being (?:retried|tried)",
    r"wait some time",
    r"(?:zustellung|nachricht)[^\n]{0,40}(?:verzögert|verspätet)|weiter(?:hin)? versucht",
    r"(?:bezorging|bericht)[^\n]{0,40}vertraagd|opnieuw geprobeerd",
    r"(?:remise|livraison|message)[^\n]{0,40}(?:retardé|différé)|nouvelles? tentatives?",
    r"(?:entrega|mensaje)[^\n]{0,40}(?:retrasad|demorad|aplazad)|se volverá a intentar",
)
# It says so where a warning would name its days: nobody tries again.
GIVEN_UP = _any(
    r"not going to try again",
    r"giv(?:en|ing) up",
    r"in the queue too long",
    r"permanent (?:fatal )?error",
    r"failed permanently",
    r"retry (?:time|timeout) (?:not reached|exceeded)",
)
# What the mail system says of an address that is right: it is full, or it is we who are turned away.
NOT_THE_ADDRESS = _any(
    r"quota",
    r"mail ?box (?:is |was )?full|full mail ?box",
    r"(?:insufficient|not enough|out of) (?:disk |storage )?(?:space|storage)",
    r"spam|unsolicited|blocked|blacklist|black list|banned|policy|not allowed|access denied|reputation|"
    r"listed at|spf|dkim|dmarc|greylist",
    r"relay(?:ing)?\b[^\n]{0,20}(?:denied|not|prohibit|refused)|authenticat",
    r"(?:message|size)[^\n]{0,30}(?:too (?:large|big)|exceed)|maximum[^\n]{0,20}size",
    r"try again later|temporar|timed out|timeout|connection (?:refused|failed|mail exchanger)",
    r"sender (?:address )?rejected|mail from",
    r"loop|too many hops",
    r"postfach (?:ist )?voll|speicherplatz",
    r"postvak (?:is )?vol",
    r"bo[iî]te (?:aux lettres )?(?:est )?pleine",
    r"buz[oó]n (?:est[aá] )?lleno",
)
# Where the notice ends and what it gives back begins.
GIVEN_BACK = re.compile(
    r"^[ \t>*|#=_-]{0,80}(?:"
    r"(?:below|beneath) (?:this|the next) line|"
    r"(?:the )?(?:header|first \d+ lines|text|body)s? (?:of|from) (?:the|your) (?:original )?message|"
    r"(?:start of )?(?:the )?(?:original|returned|unsent|undelivered|old|forwarded|bounced|rejected) "
    r"(?:message|mail|e-?mail)\b|"
    r"message header follows|"
    r"here is a copy|this is a copy|attachment is a copy|"
    r"your (?:original )?message (?:reads|follows)|"
    r"(?:copy|transcript) of (?:the|your) (?:original )?message|"
    r"-{3,}[^\n]{0,40}(?:header|message)[^\n]{0,40}|"
    r"(?:return-path|received|reporting-mta|dkim-signature|message-id|mime-version)\s*:[ \t]*\S|"
    r"ursprüngliche nachricht|originalnachricht|oorspronkelijk bericht|message d['’]origine|mensaje original"
    r")",
    re.IGNORECASE | re.MULTILINE,
)
