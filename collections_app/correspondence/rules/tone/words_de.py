"""How German says what a rule has to know. How lists are written stands in ``lists``."""

from collections_app.correspondence.rules.tone import ordinary, phrases_de
from collections_app.correspondence.rules.tone.lists import Cue, Words
from collections_app.correspondence.rules.tone.shapes import Action

GERMAN = Words(
    phrases=phrases_de.GERMAN,
    cues={
        Cue.DUE: "fällig | fälligkeit | fälligkeitsdatum | fällig am | zahlbar | zu zahlen (?:bis|am|war)",
        Cue.WAY_TO_PAY: r"""
            überweis\w* | banküberweisung | iban | bankverbindung | kontonummer | bankdaten | zahlungsdaten
            | zahlungslink | lastschrift\w* | (?:auf )?(?:unser|dem|das) konto | angaben auf der rechnung
            | bankangaben | kontodaten | kreditkarte
            | überwies\w* | (?:auf|zu) (?:das|dem|unser|unserem|unsere|ihnen) (?:\w+ )?(?:konto|bankkonto)
            | (?:unserem|bekannte[sn]?) konto | zahllink | paypal | überweisungs\w+
        """,
        Cue.NEW_BANK: r"""
            (?:neue|neuen|geänderte|geänderten|andere|anderes|neues) (?:bankverbindung|konto
            |kontonummer|iban|bankdaten)
            | (?:bankverbindung|kontonummer|iban|bankdaten|konto) (?:hat|haben) (?:sich )?(?:\w+ )?geändert
        """,
        Cue.DOOR: r"""
            (?:bereits|schon|inzwischen|zwischenzeitlich) (?:gezahlt|bezahlt|überwiesen
            |beglichen|veranlasst|angewiesen)
            | (?:sollten|falls|wenn|sofern) (?:sie|etwas|ihnen|an|ein|eine|es) | stimmt (?:\w+ )*nicht
            | nicht (?:stimmt|richtig|in ordnung|klar|korrekt) | fragen | rückfragen | frage | hilfe
            | helfen | überschnitten | gekreuzt | unstimmigkeit\w* | etwas fehlt
            | (?:etwas|was) (?:benötigen|brauchen|fehlt) | benötigen sie | brauchen sie
            | falsche[nr]? (?:ansprechpartner|person|adresse) | ratenzahlung | schwierig\w*
            | (?:wenn|falls|sollten?|sofern|ist etwas|war etwas|stimmt etwas) [^.!?]{0,120}\b(?:sagen
            |melden|rufen|schreiben|antworten|höre|hören|ändere|ändern|korrigiere|schicke|sende|kläre
            |klären|prüfe|helfe|berichtige|kümmere|reiche|erreichen|geben|lassen|wenden|finden)
            | (?:sagen|melden|rufen|schreiben|geben) sie [^.!?]{0,120}\b(?:wenn|falls|was|ob|welche[rs]?
            |warum) | nicht (?:stimmen|passen|passt|gestimmt|gepasst) | an wen | was (?:nicht|noch) \w+
            | in raten
            | bescheid | haben sie alles | reiche (?:ich|wir)
        """,
        Cue.ASK: r"""
            bitte | könnten sie | können sie | würden sie | dürfen (?:wir|ich) | darf ich | wir bitten
            | ich bitte | kannst du | könntest du | wann (?:können|dürfen|wird|werden)
        """,
        Cue.ATTACHED: r"""
            anbei | (?:im |als )anhang | angehängt | beigefügt\w* | anlage(?:n)? | beiliegend\w*
            | liegt (?:\w+ )*bei
        """,
        Cue.NOT_ATTACHED: "(?:kein|ohne|nicht) (?:anhang|anlage|beigefügt|angehängt)",
        Cue.DISPUTED: r"""
            strittig\w* | streitig\w* | beanstand\w* | reklam\w* | bestritten\w* | klär\w* | in klärung
            | (?:prüfen|geprüft|prüfung) | nicht (?:enthalten|teil|berücksichtigt) | ausgenommen | unberührt
            | einwand | einwände | zurückgestellt
        """,
        Cue.PROMISED: r"""
            zugesagt\w* | zusage | versprochen\w* | vereinbart\w* | vereinbarung | wie besprochen
            | ratenplan | raten\w* | zahlungsplan | sie (?:nannten|sagten|bestätigten) | bestätigt
            | angekündigt\w* | geplant
        """,
        Cue.CHARGE: r"""
            (?:verzugs)?zinsen | zins | verzugszins\w* | zinssatz | mahngebühr\w* | mahnkosten
            | gebühr(?:en)? | bearbeitungsgebühr | verzugspauschale | pauschale | säumniszuschl\w*
            | zuschlag | verzugsschaden | schadensersatz | inkassokosten
        """,
        Cue.WILL_CHARGE: r"""
            (?:berechnen|erheben|verlangen|fordern|stellen|schlagen|belasten) (?:wir|ihnen|sie)
            | werden (?:wir )?(?:ihnen )?.{0,40}(?:berechnen|erheben|verlangen|fordern
            |geltend machen|in rechnung stellen)
            | (?:berechnet|erhoben|hinzugerechnet|aufgeschlagen|in rechnung gestellt|fallen an) | zuzüglich
            | inklusive | plus | schulden sie
        """,
        Cue.MAYBE: r"""
            können | könnte(?:n)? | kann | dürfen | gegebenenfalls | vorbehalten | berechtigt | würde(?:n)?
        """,
        Cue.WITHIN: r"""
            innerhalb (?:von )?\w+ (?:werk|arbeits)?tagen? | binnen \w+ (?:werk)?tagen?
            | in den nächsten \w+ tagen | (?:bis )?(?:ende|anfang) (?:dieser|der|nächster) woche
            | bis monatsende | bis ende des monats | diese woche | nächste woche | morgen | heute
        """,
        Cue.REPLY: r"""
            antworten sie (?:einfach |bitte )?auf (?:diese|dieses)
            | (?:auf )?diese (?:e-?mail|nachricht) antworten | antwort auf diese
        """,
        Cue.OURS: r"""
            (?:sende|senden|schicke|schicken|kläre|klären|helfe|helfen|prüfe|prüfen|berichtige
            |berichtigen|korrigiere|korrigieren|kümmere|kümmern|melde|melden|rufe|rufen|antworte
            |antworten|erledige|erledigen|werde|werden) (?:ich|wir)
            | (?:ich|wir) (?:sende|senden|schicke|schicken|kläre|klären|helfe|helfen|prüfe
            |prüfen|berichtige|berichtigen|korrigiere|korrigieren|kümmere|kümmern|melde|melden
            |rufe|rufen|antworte|antworten|erledige|erledigen|werde|werden)
        """,
        Cue.BY: r"""
            (?:bis|spätestens|vor)(?: spätestens)?(?: zum| am| dem| den)? (?:\w+tag,? (?:den |dem
            )?)?\d{1,2}\.? ?(?:\d{1,2}\S*|[a-zä]{3,})
            | (?:bis|spätestens)(?: zum| am)? (?:montag|dienstag|mittwoch|donnerstag|freitag)
            | bis (?:zum )?(?:monatsende|ende (?:der|dieser|des) \w+)
        """,
        Cue.NOT_CHARGED: r"""
            (?:kein\w*|nicht|nichts) (?:\w+ )?(?:berechnet|erhoben|verlangt|aufgeschlagen|hinzugerechnet)
            | (?:berechnet|erhoben|verlangt|berechnen|erheben
            |verlangen)(?: haben)?(?: wir)? (?:\w+ )?(?:kein\w*
            |nichts|nicht)
        """,
        Cue.IF: "wenn | falls | sollte(?:n)? | sofern",
        Cue.SIGN_OFF: r"""
            (?:mit )?(?:freundlichen|freundlichem|besten|herzlichen|schönen|vielen) (?:grüßen
            |gruß|grüssen|dank) | (?:freundliche|beste|viele|liebe|herzliche) grüße | hochachtungsvoll
        """,
        Cue.PROTOCOL: "informationsblatt | antwortbogen",
        Cue.THIRTY_DAYS: "30 tagen? | dreißig tagen?",
        Cue.INVOICE: r"rechnung(?:en|s-?nr\.?|snummer)? | gutschrift | beleg | re",
        Cue.NEGATIVE: "nicht | kein(?:e|en|er|em|es)? | nie | niemals | nichts | niemand | ohne | weder",
        Cue.MUST: "müssen | muss | haben zu | verpflichtet",
    },
    actions={
        Action.AGENCY: r"inkasso\w*",
        Action.COURT: r"""
            (?:rechtliche|gerichtliche|juristische) (?:schritte|maßnahmen) | gerichtlich\w* | klage
            | mahnbescheid\w* | rechtsanw\w+ | anw(?:alt|älte|älten) | (?:vor|beim) gericht
            | gerichtsverfahren | gerichtsvollzieher
        """,
        Action.HOLD: r"""
            (?:lieferung(?:en)?|auslieferung|aufträge|bestellungen|belieferung
            |leistungen?) .{0,40}(?:einstellen|aussetzen|stoppen|zurückhalten|sperren|anhalten
            |eingestellt|ausgesetzt|einzustellen|auszusetzen)
            | (?:stoppen|sperren) (?:wir )?(?:\w+ ){0,3}(?:lieferung(?:en)?|konto|aufträge) | lieferstopp
            | liefersperre | nur (?:noch )?gegen vorkasse | kontosperre
        """,
    },
    greetings=r"""
        sehr geehrte[rs]? | liebe[rs]? | guten (?:tag|morgen|abend) | hallo | werte[rs]? | geehrte[rs]?
        | moin | grüß gott
    """,
    needs_name="sehr geehrte[rs]? | liebe[rs]? | werte[rs]? | geehrte[rs]?",
    several=r"""
        zusammen | team | kolleg(?:en|innen)(?: und kolleg(?:en|innen))? | alle
        | (?:liebes |die )?(?:team|buchhaltung|kreditorenbuchhaltung|abteilung|rechnungsabteilung)(?: \w+)?
        | geschäftspartner(?:in|innen)?
    """,
    impersonal=r"""
        damen und herren | herr(?:en)?(?: oder |/)(?:frau|damen)
        | (?:geschätzte[rn]? |verehrte[rn]? )?(?:kund(?:e|in|en|innen)|kunde/kundin)(?: und kunden)?
        | schuldner | damen | herren | geschäftsfreund\w*
    """,
    titles="herr herrn frau dr prof dipl ing",
    months=(
        "januar jänner jan",
        "februar feb",
        "märz mär mrz",
        "april apr",
        "mai",
        "juni jun",
        "juli jul",
        "august aug",
        "september sept sep",
        "oktober okt",
        "november nov",
        "dezember dez",
    ),
    weekdays="(?:montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag)",
    own=r"""
        und nicht sie wir die das ist mit bitte bis ihnen ihre uns der zu auf für eine haben wurde noch
        rechnung zahlung wenn oder dem
    """,
    formal=r"(?<=[\w,;]\s)Sie | Ihnen | (?<=[\w,;]\s)Ihr(?:e|en|em|er|es)?",
    informal="[Dd]u | [Dd]ich | [Dd]ir | [Dd]ein(?:e|en|em|er|es)? | [Ee]uch | [Ee]ure?",
    capitals="SEPA",
    lix_most=58,
    ordinary=ordinary.GERMAN,
)
