"""How Dutch says what a rule has to know. How lists are written stands in ``lists``."""

from collections_app.correspondence.rules.tone import ordinary, phrases_nl
from collections_app.correspondence.rules.tone.lists import Cue, Words
from collections_app.correspondence.rules.tone.shapes import Action

DUTCH = Words(
    phrases=phrases_nl.DUTCH,
    cues={
        Cue.DUE: r"""
            vervaldatum | vervaldag | vervallen | vervalt | verviel | verliep | verloopt | vervallen op
            | uiterste betaaldatum | betaald (?:moeten )?(?:zijn|worden) op
            | te betalen (?:op|voor|uiterlijk)? | (?:moest|had) (?:op|uiterlijk)
        """,
        Cue.WAY_TO_PAY: r"""
            overma(?:ken|akt) | maakt u | overschrijv\w+ | overboek\w+ | overgemaakt | bankoverschrijving
            | iban | rekeningnummer | bankgegevens | betaalgegevens | betaallink | ideal | incasso
            | (?:op|naar) onze (?:bank)?rekening | gegevens op de (?:factuur|facturen)
            | rekening op de factuur | bankrekening | per bank
            | (?:maak|maakt) [^.!?]{0,60}over | over te maken
            | (?:op|naar) (?:het |de |onze |ons )?(?:\w+ )?(?:bank)?rekening(?:nummer)? | betaalverzoek
            | creditcard | overboeking
        """,
        Cue.NEW_BANK: r"""
            (?:nieuwe?|gewijzigde?|andere?) (?:bankrekening|rekeningnummer|bankgegevens|iban|bank)
            | (?:bankgegevens|rekeningnummer|iban|bankrekening) (?:is
            |zijn) (?:\w+ )?(?:gewijzigd|veranderd|aangepast)
        """,
        Cue.DOOR: r"""
            al (?:betaald|overgemaakt|voldaan)
            | (?:heeft|hebt) u (?:\w+ ){0,3}(?:al|reeds|inmiddels|net|intussen)
            | inmiddels (?:betaald|overgemaakt|voldaan) | (?:klopt|kloppen) (?:\w+ ){0,4}niet
            | niet (?:juist|in orde|goed|duidelijk|klopt) | vragen | vraag over | hulp | helpen | onjuist
            | oneens | mocht (?:er|u) | als (?:er )?(?:iets|u) | is er iets | ontbreekt | iets nodig
            | verkeerde persoon | gekruist | regeling | lukt (?:het )?(?:\w+ )?niet | moeilijk
            | (?:als|mocht(?:en)?|indien|wanneer|is er|zit er|klopt) [^.!?]{0,120}\b(?:bel|mail|laat|zeg
            |hoor|pas|stuur|zoek|help|corrigeer|vertel|meld|schrijf|los|regel|kijk|neem)(?:t|en)? ?
            | (?:bel|mail|schrijf)(?:t|en)? (?:mij|me|ons|gerust|dan|u mij|u ons) ? | een vraag | vragen
            | niet eens | zeg(?:t|gen)? (?:u )?(?:me |mij |ons )?(?:dan )?wat
            | (?:laat|laten) (?:u )?(?:het )?(?:me|mij|ons)(?: dan)?(?: het)? weten (?:wat|als|welke|waarom)
            | (?:is|gaat|zit) (?:er )?(?:iets )?(?:mis|fout|scheef|scheelt)
            | wat er (?:\w+ )?(?:mis|scheelt|ontbreekt|mankeert|klopt|in de weg) | in delen | gespreid
        """,
        Cue.ASK: r"""
            kunt u | kun je | wilt u | wil je | zou(?:dt)? u | zou je | graag | alstublieft | alsjeblieft
            | (?:wij|we|ik) verzoeken? u | mag ik | wanneer (?:kunt|kunnen|mogen|wordt) | gelieve | betaal
        """,
        Cue.ATTACHED: r"""
            bijlagen? | bijgevoegd\w* | bijgesloten
            | (?:vindt u|sturen wij|stuur ik) (?:hierbij|als bijlage) | toegevoegd | meegestuurd
        """,
        Cue.NOT_ATTACHED: "(?:geen|zonder|niet) (?:bijlagen?|bijgevoegd|meegestuurd|toegevoegd)",
        Cue.DISPUTED: r"""
            betwist\w* | bezwaar | geschil\w* | in onderzoek | zoeken (?:\w+ )*uit | uitzoeken | zoeken wij
            | staat (?:\w+ )*los van | buiten beschouwing | niet meegerekend | klacht | in behandeling
            | (?:u|uw) (?:meldde|vraag) | nagaan | gaan wij na
        """,
        Cue.PROMISED: r"""
            toegezegd\w* | toezegging | beloofd | afgesproken | afspraak | zoals besproken
            | betalingsregeling | regeling | termijnen | u (?:zei|noemde|gaf aan|bevestigde) | bevestigd
            | gepland | verwachten
        """,
        Cue.CHARGE: r"""
            (?:wettelijke )?(?:handels)?rente | vertragingsrente | aanmaningskosten | administratiekosten
            | incassokosten | invorderingskosten | boete | toeslag | schadevergoeding | vergoeding
            | herinneringskosten
        """,
        Cue.WILL_CHARGE: r"""
            (?:brengen|rekenen|berekenen|zullen|hebben|moeten) (?:wij|we|u)? ?.{0,30}
            | (?:in rekening|doorberekend?|berekend|verhoogd|vermeerderd|toegevoegd|verschuldigd)
            | exclusief | inclusief | plus
        """,
        Cue.MAYBE: "kunnen | kan | mogen | zou(?:den)? | eventueel | recht op",
        Cue.WITHIN: r"""
            binnen \w+ (?:werk)?(?:dagen|dag|weken|week) | (?:deze|volgende|eind) week | morgen | vandaag
            | (?:voor|uiterlijk) (?:het )?einde? van (?:de|deze) (?:week|maand) | eind van de (?:week|maand)
        """,
        Cue.REPLY: "antwoord(?:en)? op (?:dit|deze) | beantwoord (?:dit|deze) | reageren op (?:dit|deze)",
        Cue.OURS: r"""
            (?:stuur|sturen|zend|zenden|help|helpen|zoek|zoeken|kijk|kijken|bel|bellen|regel
            |regelen|corrigeer|corrigeren|pas|passen|mail|mailen|antwoord|antwoorden|zal
            |zullen) (?:ik|wij|we)
            | (?:ik|wij|we) (?:stuur|sturen|zend|zenden|help|helpen|zoek|zoeken|kijk|kijken|bel
            |bellen|regel|regelen|corrigeer|corrigeren|pas|passen|mail|mailen|antwoord
            |antwoorden|zal|zullen)
        """,
        Cue.BY: r"""
            (?:vóór|voor|uiterlijk(?: op)?|tegen|niet later dan) (?:\w+dag,? )?\d{1,2}(?:e
            |[./-]\d{1,2}\S*| [a-z]{3,})
            | (?:vóór|voor|uiterlijk(?: op)?|tegen) (?:maan|dins|woens|donder|vrij)dag
            | (?:vóór|voor|uiterlijk|tegen) (?:het )?einde? van (?:de|deze) (?:week|maand)
        """,
        Cue.NOT_CHARGED: r"""
            (?:niet|nog niets|geen|nog niet) (?:\w+ )?(?:berekend|gerekend|doorberekend|toegevoegd
            |in rekening)
            | (?:rekenen|berekenen|brengen) (?:wij |we )?(?:\w+ ){0,2}(?:niet|geen|niets)
        """,
        Cue.IF: "als | indien | mocht | wanneer | tenzij",
        Cue.SIGN_OFF: "(?:met )?(?:vriendelijke|hartelijke) groet(?:en)? | hoogachtend | groeten | met dank",
        Cue.PROTOCOL: "informatieblad | antwoordformulier",
        Cue.THIRTY_DAYS: "30 dagen | dertig dagen",
        Cue.INVOICE: r"factu(?:ur|ren)\w* | creditnota | nota | document",
        Cue.NEGATIVE: "niet | geen | nooit | niets | niemand | nergens | zonder | noch",
        Cue.MUST: "moet(?:en)? | dient te | dienen te | verplicht",
    },
    actions={
        Action.AGENCY: r"""
            incassobureau | incassotraject | ter incasso | uit handen (?:te )?geven
            | (?:geven|gegeven) .{0,30}uit handen | incassogemachtigde
        """,
        Action.COURT: r"""
            rechter | rechtbank | juridische (?:stappen|procedure|maatregelen) | gerechtelijke?\w*
            | deurwaarder | dagvaard\w* | advocaat | beslag
        """,
        Action.HOLD: r"""
            (?:leveringen?|levering|bestellingen|orders?|dienstverlening
            |verzending) .{0,30}(?:stopzetten|opschorten|stoppen|staken|aanhouden|tegenhouden
            |blokkeren|op te schorten|stop te zetten)
            | (?:stoppen|staken|schorten) (?:wij |we )?(?:\w+ ){0,3}(?:leveringen?|bestellingen) | leverstop
            | (?:alleen|uitsluitend) (?:nog )?tegen vooruitbetaling
        """,
    },
    greetings="beste | geachte | hallo | goedendag | goedemorgen | goedemiddag | dag | hoi | lieve",
    needs_name="beste | geachte",
    several=r"""
        allen | allemaal | collega'?s? | team | relatie\w*
        | (?:de )?(?:debiteuren|crediteuren|financiële )?(?:administratie|afdeling|boekhouding
        |crediteurenadministratie)(?: \w+)?
    """,
    impersonal=r"""
        heer(?:/|, | of | en )mevrouw | heer,? mevrouw | mevrouw(?:/|, | of | en )(?:de )?heer | heren
        | dames en heren | (?:gewaardeerde |beste )?(?:klant|relatie|afnemer|cliënt|debiteur) | lezer
    """,
    titles="heer mevrouw dhr mevr mw dr ir drs mr prof de",
    months=(
        "januari jan",
        "februari feb",
        "maart mrt",
        "april apr",
        "mei",
        "juni jun",
        "juli jul",
        "augustus aug",
        "september sept sep",
        "oktober okt",
        "november nov",
        "december dec",
    ),
    weekdays="(?:maan|dins|woens|donder|vrij|zater|zon)dag",
    own=r"""
        het een wij niet uw van voor zijn heeft kunt deze wordt nog ook naar bij hebben factuur betaling
        graag mij als dan dit maar
    """,
    formal="[Uu] | [Uu]w | uzelf",
    informal="[Jj]ij | [Jj]e | [Jj]ouw | [Jj]ou",
    capitals="BTW KVK",
    lix_most=52,
    ordinary=ordinary.DUTCH,
)
