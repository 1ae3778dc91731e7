"""What is better not written in Dutch, by rule, and what to write instead."""

from collections_app.correspondence.rules.tone.lists import Phrases

DUTCH = {
    "T01": Phrases(
        r"""
            de rechter | rechtbank(?:en)? | kantonrechter | gerechtelijke?\w* | gerecht
            | juridische? (?:stappen|procedures?|afdeling|maatregelen|weg|actie|gevolgen|middelen)
            | langs juridische weg | advoca(?:at|ten) | deurwaarders?\w* | gerechtsdeurwaarders?
            | incasso(?:bureau|bureaus|traject|procedure|gemachtigde|specialist|maatregelen)\w*
            | ter incasso | (?:buitengerechtelijke )?incassokosten | dagvaard(?:en|ing|t) | in rechte
            | beslag(?:legging)? | beslag leggen | faillissement(?:saanvraag)? | faillissement aanvragen
            | kort geding | uit handen (?:te )?geven | (?:geven|gegeven) .{0,30}uit handen
            | ingebrekestelling | procederen | aangifte | executie | procureur | proces aanspannen
            | rechtszaak | kortgeding | vordering (?:overdragen|overgedragen) | vonnis | gerechts\w+
            | naar de rechter | incassokantoor | bkr | executoriale \w+
            | (?:naar|voor|bij) (?:de|het|een) (?:rechter|rechtbank|kantonrechter|advocaat|deurwaarder)
            | (?:in|uit) handen (?:\w+ ){0,3}(?:geven|gegeven) | betalingsbevel
        """,
        "Laat dit in deze fase weg; vraag wat er ontbreekt en wanneer er betaald kan worden.",
    ),
    "T02": Phrases(
        r"""
            laatste (?:kans|waarschuwing) | (?:spijt|berouw) (?:van )?(?:krijgen|hebben)
            | (?:u|je) zult? (?:er )?(?:spijt|nog) | gedwongen | genoodzaakt
            | (?:geen|laat ons geen) andere (?:keus|keuze|optie|mogelijkheid) | aan de schandpaal
            | zwarte lijst | (?:ernstige|zware|vervelende|nare|verstrekkende) (?:gevolgen|consequenties)
            | de gevolgen (?:dragen|zijn voor) | niet (?:aarzelen|schromen) | aarzelen (?:wij |we )?niet
            | u bent gewaarschuwd | gewaarschuwd | uw (?:reputatie|goede naam) | of anders
            | betaal (?:nu )?of | op eigen risico | (?:langskomen|langs komen|op de stoep)
            | weten u te vinden | weten waar u
            | (?:iedereen|al uw klanten|uw klanten|uw leveranciers) (?:zal|zullen|vertellen
            |laten weten|informeren) | dit gaat u (?:geld )?kosten | maatregelen die
            | dwing (?:ons|mij) niet | voor de laatste keer | met alle middelen | er zwaait wat
            | (?:laat|laten|liet) (?:u )?ons geen (?:andere )?(?:keus|keuze|optie)
            | geen (?:andere )?(?:keus|keuze) | dwing(?:t|en) (?:u )?ons | u dwingt
            | (?:wordt|word|gaat) (?:het )?(?:vervelend|onaangenaam|menens)
            | (?:zult|gaat) (?:er|u|daar) (?:\w+ )?(?:van horen|voor boeten) | voor het te laat is
            | u bent de klos | wie niet horen wil | de maat is vol
            | spijt (?:van |\w+ )?(?:krijgen|krijgt|hebben)
            | (?:krijgt|krijgen|gaat) (?:u|je|jullie) (?:\w+ ){0,3}(?:spijt|berouw)
            | (?:hele|heel|gehele|alle|uw|je|jullie) (?:\w+ )?(?:branche|sector|markt|dorp|stad
            |concurrenten|leveranciers|klanten) (?:\w+ ){0,3}(?:hoor|hoort|horen|weet|weten|ervaart|ervaren
            |praat|praten) | (?:nieuws|zoiets) (?:\w+ ){0,2}(?:gaat|doet) (?:\w+ )?(?:rond|de ronde)
            | (?:plaats\w*|zet\w*|schrijf\w*|delen|deel) (?:\w+ ){0,4}(?:op|via) (?:linkedin|facebook
            |social media|internet|google)
            | (?:loopt|zal|gaat) (?:\w+ ){0,3}(?:slecht|niet goed|verkeerd) (?:af|aflopen)
            | (?:wij|we|ik) kun(?:nen|t)? ook anders | slechte (?:recensie|review)s?
        """,
        "Zeg rustig wat u vraagt, wanneer, en hoe men u bereikt.",
    ),
    "T03": Phrases(
        r"""
            (?:u|je) (?:zult|zal|heeft|hebt|bent|zal het|zult het) (?:het )?(?:vast|ongetwijfeld
            |zeker) (?:wel )?(?:heel |te |erg |ontzettend |weer )?druk
            | (?:vast|ongetwijfeld) (?:weer |wel )?(?:een )?(?:smoes|excuus|druk) | alweer niets
            | (?:nu )?alweer (?:niet|geen|niets|te laat) | hoe moeilijk kan (?:het|dat) zijn
            | zo moeilijk is (?:het|dat) (?:toch )?niet | wat een verrassing | verrassing
            | grappig (?:hoe|dat) | wat toevallig | goh | bedankt voor niets | zelfs een kind
            | u kunt (?:toch|blijkbaar) (?:niet )?lezen | kunt u (?:niet |wel )?lezen | fijn voor u
            | wij wachten graag | (?:we|wij) zijn (?:het|dit) (?:van u )?gewend
            | alsof (?:u|wij|we) (?:niets|niet|geen) | zogenaamd\w* | toevallig (?:weer|net) | het zal wel
            | wonderen bestaan
            | ["“„](?:kwijt|vergeten|zoek|verloren|druk|fout|foutje|vergissing|onderweg|vakantie
            |technisch probleem)["”“]
            | (?:blijkbaar|kennelijk|schijnbaar) (?:\w+ ){0,6}(?:ingewikkeld|moeilijk|te veel
            |geen prioriteit|niet nodig|niet belangrijk|te lastig)
            | (?:zeker|vast|ongetwijfeld) weer (?:in de post|onderweg|vergeten|een \w+)
            | geen prioriteit (?:voor|bij) (?:u|jullie) | te veel (?:gevraagd|moeite)
            | is (?:het|dat) (?:nu )?(?:echt |werkelijk )?zo (?:moeilijk|ingewikkeld|lastig)
            | verrassend genoeg | fijn dat u eindelijk | eindelijk (?:eens|een keer)
            | (?:zeker|vast|ongetwijfeld) (?:al)?weer \w+ | wat een (?:toeval|verrassing|wonder)
            | (?:wij|we|ik) (?:zijn|ben) (?:\w+ )?(?:toch )?geen (?:bank|liefdadigheids\w+|goed doel)
            | renteloze (?:lening|kredieten?) | (?:laat me|laat mij) raden
            | (?:dank|bedankt) (?:u )?(?:wel )?voor (?:uw|de|het|je|jullie) (?:\w+ )?(?:stilte|stilzwijgen
            |zwijgen) | (?:postduif|glazen bol|slakkengang)
        """,
        "Laat dit weg, of zeg alleen wat wel en niet is aangekomen.",
    ),
    "T04": Phrases(
        r"""
            u (?:hebt|heeft|bent) (?:\w+ )?(?:verzuimd|geweigerd|genegeerd|nagelaten|vergeten|in gebreke)
            | (?:u|je) (?:weigert|negeert|verzuimt|vergeet)
            | (?:heeft|hebt) u (?:\w+ ){0,3}(?:verzuimd|geweigerd|genegeerd|nagelaten|vergeten)
            | uw (?:nalatigheid|verzuim|schuld|fout|weigering|wanbetaling|gedrag|houding)
            | (?:onze|mijn|drie|vier|vijf|meerdere|alle|eerdere) (?:\w+ )?(?:mails|e-mails
            |brieven|berichten|herinneringen|oproepen) (?:\w+ )?genegeerd | onacceptabel | onaanvaardbaar
            | schandalig | schande | onprofessioneel | onbehoorlijk | smoes(?:jes|je)?
            | (?:geen|uw|nog meer) excuses | slordig | onbetrouwbaar | oneerlijk
            | (?:ondanks|in weerwil van) (?:onze )?(?:herhaalde|meerdere|vele|talloze|diverse)
            | keer op keer | voor de (?:derde|vierde|vijfde|zoveelste) keer
            | u (?:komt|houdt) (?:\w+ )*(?:nooit|altijd) | u betaalt (?:altijd|nooit|nog steeds niet)
            | hoe vaak | uw belofte (?:gebroken|verbroken|niet) | schaam u | belachelijk | niet te geloven
            | u (?:heeft|hebt) (?:\w+ ){0,3}niet (?:gereageerd|betaald|geantwoord)
            | (?:heeft|hebt) u (?:\w+ ){0,5}nog (?:steeds|altijd) (?:\w+ )?niet
            | nog (?:steeds|altijd) niet betaald | onfatsoenlijk | onbeleefd
            | (?:gebrek|tekort) aan (?:respect|fatsoen|medewerking) | u houdt zich niet | uw afspraken niet
            | uw woord niet | (?:uw|jullie) betalingsgedrag | betalingsmoraal
            | voor de (?:zoveelste) (?:keer|maal)
            | niet van plan (?:om )?(?:te )?(?:betalen|bent|is)
            | (?:u|je|jullie) (?:bent|ben|zijn) (?:\w+ )?(?:niet van plan|onbetrouwbaar|oneerlijk)
            | (?:u|je|jullie) (?:ontwijkt|ontloopt|liegt|houdt ons|ontwijken|ontlopen|liegen)
            | (?:met opzet|opzettelijk|moedwillig) | (?:aan het lijntje|voor de gek|om de tuin)
            | (?:u|je|jullie) (?:hebt|heeft|hebben) (?:uw|je|jullie) (?:woord|belofte
            |afspraak) (?:\w+ )?(?:gebroken|niet)
        """,
        "“Wij hebben nog geen antwoord ontvangen; misschien heb ik niet het juiste adres.”",
    ),
    "T07": Phrases(
        r"""
            onmiddellijk | onverwijld | per direct | direct (?:betalen|overmaken|voldoen|te betalen)
            | per omgaande | dringend(?:e|st)? | zo (?:snel|spoedig) mogelijk | met spoed | spoed | meteen
            | terstond | zonder (?:verder )?uitstel | urgent | asap | vandaag nog | nu betalen | zsm
            | z\.s\.m\.? | per ommegaande | ogenblikkelijk | direct overmaken | snel mogelijk
            | (?:zo|heel) (?:gauw|vlug|rap) mogelijk | nu meteen
            | zonder (?:enig |verder |nader )?(?:uitstel|dralen|vertraging)
        """,
        "“uiterlijk vrijdag 26 maart”: een dag is duidelijker dan haast.",
    ),
    "T08": Phrases(
        r"""
            wanbetalers? | schuldenaars? | slechte betalers? | debiteur(?:en)? | late betalers?
            | notoire \w+ | probleemklant(?:en)? | non-betalers?
            | (?:notoire|bekende|chronische|beruchte|trage) (?:wan)?betalers?
        """,
        "Noem het bedrijf of de persoon bij naam.",
    ),
    "T09": Phrases(
        r"""
            teleurgesteld | teleurstell(?:end|ing)e? | na alles (?:wat|dat)
            | (?:onze|ons) (?:eigen )?(?:personeel|medewerkers|mensen
            |werknemers) .{0,25}(?:betalen|lonen|salaris|gezinnen) | salarissen
            | (?:wij|we) (?:vertrouwden|hadden vertrouwen in) | wij hadden (?:meer|beter|iets anders)
            | hoe zou u (?:zich|het) | verplaats u in | in de steek
            | (?:erg|zeer|diep) (?:gekwetst|verdrietig) | ons geduld | mijn geduld | geduld is op
            | (?:wij|we) zijn (?:\w+ )?(?:geduldig|coulant) geweest | (?:meer dan|lang) genoeg geduld
            | klein bedrijf | misbruik van | verdriet
            | monden te voeden | (?:beter|meer|anders) van (?:u|je|jullie) verwacht
            | van (?:u|je|jullie) (?:\w+ )?(?:beter|meer|anders) verwacht | na (?:al die|zoveel) jaren
            | (?:brengt|laat|zet) (?:u )?ons (?:\w+ ){0,3}(?:in de problemen|zitten|in de kou)
        """,
        "Laat gevoel weg: “Wij hebben nog niet ontvangen …”.",
    ),
    "T10": Phrases(
        r"""
            (?:uw|zijn|haar|hun) (?:ziekte|gezondheid|operatie|scheiding|zwangerschap|geloof
            |godsdienst|nationaliteit|vrouw|echtgenote|echtgenoot|kinderen|huwelijk|afkomst
            |handicap|privéleven|burn-?out|depressie|overlijden)
            | (?:ziek|zwanger|depressief|overspannen) (?:bent|is|was|geworden) | ziekteverlof | ziekmelding
            | burn-?out | kanker | hartaanval | in het ziekenhuis | ramadan | moslims? | joods\w*
            | katholie(?:k|ke|ken) | buitenlanders? | uw land | mensen zoals u | geruchten? .{0,40}
            | gerucht
            | (?:wij|we) (?:horen|hoorden|hebben gehoord) dat (?:u
            |uw bedrijf) .{0,25}(?:failliet|slecht|moeilijk|problemen)
            | (?:bijna|zo goed als|binnenkort) failliet | men zegt | in de wandelgangen
            | uw (?:eigen )?personeel (?:niet )?(?:kunt|kan) betalen | sterfgeval | begrafenis
            | familieomstandigheden | privéproblemen
            | (?:dat|omdat|vernomen|begrepen|weten) (?:\w+ ){0,6}(?:(?:financiële
            |liquiditeits)\w* ?(?:problemen|moeilijkheden)|betalingsproblemen)
            | (?:op de rand van|dicht bij|kort voor) (?:een |het )?(?:faillissement|bankroet)
            | (?:uw|jouw) (?:man|moeder|vader|zoon|dochter|leeftijd|politieke \w+)
            | (?:via via|van horen zeggen|het gerucht gaat|een vogeltje|naar verluidt)
            | (?:uw|de|je) (?:echt)?scheiding | overspannen | drankprobleem | gokverslaving
            | (?:op|richting) (?:het )?(?:faillissement|bankroet)
        """,
        "Laat persoonlijke zaken weg; bespreek ze zo nodig aan de telefoon.",
    ),
    "T14": Phrases(
        r"""
            achterstallig\w* | achterstand | te laat | (?:betalings)?herinner(?:ing|ingen|en|t|d)
            | aanmaning(?:en)? | onbetaald(?:e)? | verlopen | vervallen factu\w+
        """,
        "“vervalt op …”: er is nog niets te laat.",
    ),
    "S07": Phrases(
        r"""
            (?:speciale|tijdelijke|exclusieve|unieke|mooie) (?:aanbieding|actie|korting|deal|prijs)\w*
            | aanbiedingen | \d+ ?(?:%|procent) korting
            | korting op (?:uw|je|alle|onze|het hele|de volgende)
            | (?:onze|de) nieuwe (?:collectie|catalogus|producten|brochure|zomercollectie|wintercollectie)
            | nieuwsbrief | kortingscode | actiecode | schrijf u (?:nu )?in | bestel (?:nu|vandaag)
            | koop nu | probeer gratis | gratis (?:proef|verzending|cadeau) | black friday
            | bezoek onze (?:webshop|winkel|showroom|stand|beurs) | op=op | zolang de voorraad
            | mis het niet | profiteer | uitverkoop | waarom probeert u
            | \d+ ?(?:%|procent) (?:korting|goedkoper) | korting(?:en)? op
            | actie(?:s|prijzen)? van (?:deze|de) (?:week|maand)
            | (?:zomer|winter|lente|voorjaars|najaars|kerst)(?:actie|aanbieding|korting)\w*
            | vraag (?:een|uw) (?:gratis )?(?:demo|offerte|proef) | nieuw in ons (?:assortiment|aanbod)
            | ons nieuwe assortiment | volg ons op
        """,
        "Laat dit weg: een herinnering die iets verkoopt is reclame.",
    ),
    "R02": Phrases(
        r"""
            voornoemde?\w* | bovengenoemde? | ondergetekende | hiermede | dienaangaande | derhalve
            | alsmede | thans | terzake | te dier zake | desalniettemin | ingevolge | conform | middels
            | inzake | aangaande | zulks | gaarne | ten spoedigste | onderhavige? | voldoening | de somma
            | onverminderd | uwerzijds | onzerzijds | doen toekomen | zonder voorbehoud van rechten
            | vigerende
        """,
        "Zeg het gewoon: “dit”, “daarom”, “over”.",
    ),
}
