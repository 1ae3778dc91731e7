"""What is better not written in German, by rule, and what to write instead."""

from collections_app.correspondence.rules.tone.lists import Phrases

GERMAN = {
    "T01": Phrases(
        r"""
            (?:rechtliche|gerichtliche|juristische|weitere rechtliche) (?:schritte|maßnahmen
            |mittel|konsequenzen|folgen|wege) | rechtsweg | rechtsabteilung
            | rechtsanw(?:alt|älte|älten|ältin|altskanzlei) | anw(?:alt|älte|älten|ältin|altlich\w*)
            | (?:vor|beim|zum|an das|das) gericht | gerichtlich\w*
            | gerichts(?:verfahren|vollzieher\w*|kosten|termin) | klage(?:n|verfahren)? | verklagen
            | einklagen | inkasso\w* | mahnbescheid\w* | (?:gerichtliches )?mahnverfahren
            | zwangsvollstreckung | vollstreckung\w* | vollstreckungsbescheid | pfänd(?:en|ung|ungen)\w*
            | insolvenz(?:antrag|verfahren) | strafanzeige | anzeige erstatten | eintreib\w* | beitreib\w*
            | titulier\w* | schuldnerverzeichnis | schufa\w* | titel erwirken | klageweg | auskunftei\w*
            | creditreform\w* | forderungseinzug | juristen? | prozess\w* anstrengen | gerichtsstand anrufen
            | den rechtsweg | justiz\w*
            | (?:zum|dem|unserem|unseren|einem|den) (?:anwalt|anwälten|rechtsanwalt|juristen|inkasso\w*)
            | zahlungsbefehl | betreibung(?:en|sverfahren)?
        """,
        "Lassen Sie das in dieser Stufe weg; fragen Sie, was fehlt und bis wann gezahlt werden kann.",
    ),
    "T02": Phrases(
        r"""
            letzte (?:chance|warnung|gelegenheit|möglichkeit) | letztmalige? (?:chance|warnung)
            | (?:sehen|sähen|fühlen) (?:wir )?uns (?:\w+ )?(?:gezwungen|genötigt)
            | (?:wären|sind|bin) (?:wir |ich )?gezwungen | gezwungen (?:sein|sehen)
            | (?:keine|bleibt uns keine) andere (?:wahl|möglichkeit) | nichts anderes übrig | bereuen
            | (?:ernste|ernsthafte|schwere|schwerwiegende|unangenehme|drastische
            |empfindliche) (?:konsequenzen|folgen) | die (?:konsequenzen|folgen) (?:tragen|haben sie)
            | an den pranger | öffentlich machen | bloßstellen | schwarze liste
            | (?:ihr|ihrem|ihren) (?:guten )?ruf | nicht (?:zögern|zurückschrecken|davor scheuen)
            | zögern (?:wir )?nicht | wir warnen sie | seien sie gewarnt | gewarnt
            | (?:ihre|allen|alle) (?:kunden|lieferanten
            |geschäftspartner) (?:\w+ )?(?:informieren|erfahren|erzählen|wissen lassen)
            | sie werden (?:schon |noch )?(?:sehen|etwas erleben) | sonst (?:knallt|passiert|gibt es) | wehe
            | zwingen sie (?:uns|mich) nicht | teuer zu stehen | es wird teuer | mit allen mitteln
            | vorbeikommen | vor ihrer tür | wissen,? wo sie | zahlen sie endlich
            | oder es (?:passiert|knallt) | ein nachspiel | andere saiten
            | zwing(?:en|t) (?:sie )?(?:uns|mich) | sie zwingen
            | (?:wird|würde) es (?:für sie )?(?:\w+ )?(?:unangenehm|ungemütlich|ernst|teuer|hässlich)
            | bevor es zu spät ist | wer nicht hören will
            | (?:werden|wird) (?:sie )?(?:davon |noch )?(?:zu spüren|spüren) | das maß ist voll
            | sie haben keine wahl | (?:hätte|hat|haben wird) (?:das )?(?:\w+ )?folgen | unliebsame\w*
            | zum allerletzten mal
            | (?:wir|ich) (?:können?|könnten?) auch anders
            | (?:spricht|sprechen|spräche) sich (?:\w+ ){0,4}herum | herumsprechen
            | (?:ganze|gesamte|ihre|alle) (?:\w+ )?(?:branche|markt|konkurrenz|lieferanten|kunden|stadt
            |nachbarn|wettbewerber) (?:\w+ ){0,3}(?:erfährt|erfahren|weiß|wissen|hört|hören)
            | (?:stellen|schreiben|veröffentlichen|posten|teilen) (?:\w+ ){0,4}(?:auf|bei|in) (?:linkedin
            |facebook|google|xing|den sozialen medien|der zeitung) | schlechte (?:google-?)?bewertung(?:en)?
            | (?:nicht|kein) (?:\w+ )?gut(?:es)? (?:ausgehen|enden|ende)
            | böse (?:enden|ausgehen|erwachen|überraschung)
            | (?:stehen|steht|stehe) (?:wir|ich|jemand) (?:\w+ ){0,3}(?:vor ihrer tür|auf der matte)
            | (?:das|dies|es) (?:wird|werden) ihnen (?:noch )?leid
        """,
        "Sagen Sie ruhig, worum Sie bitten, bis wann und wie man Sie erreicht.",
    ),
    "T03": Phrases(
        r"""
            (?:sie|ihr) (?:sind|haben|werden|seid) (?:sicher|bestimmt|gewiss
            |zweifellos)(?:lich)? (?:\w+ )?(?:sehr |zu |viel |furchtbar |wahnsinnig )?(?:beschäftigt
            |viel zu tun|eine ausrede|wieder eine)
            | (?:sicher|bestimmt) (?:wieder )?(?:sehr |viel zu |furchtbar )beschäftigt
            | schon wieder (?:nichts|kein\w*|nicht) | wie schwer kann (?:das|es) (?:denn )?sein
            | so schwer (?:ist|kann) (?:das|es) (?:doch )?(?:nicht|nicht sein)
            | welch(?:e)? (?:eine )?überraschung | was für eine überraschung | oh wunder
            | komisch,? (?:dass|wie) | seltsam,? dass | wie praktisch | danke für (?:nichts|gar nichts)
            | selbst ein kind | können sie (?:nicht |überhaupt )?lesen | schön für sie
            | wir warten (?:ja )?gern(?:e)? | wir haben ja (?:sonst )?(?:nichts|zeit)
            | als ob (?:sie|wir) (?:nicht|nichts|kein\w*) | angeblich\w* | sogenannte\w* | man sollte meinen
            | wer hätte das gedacht | geschenkt haben wir | alle jahre wieder
            | ausnahmsweise (?:einmal |mal )?(?:pünktlich|zahlen)
            | ["“„](?:verloren|vergessen|verlegt|verschwunden|beschäftigt|fehler|versehen|irrtum
            |unterwegs|urlaub|technisch\w*)["”“]
            | (?:offenbar|offensichtlich|anscheinend|augenscheinlich|scheinbar
            |wohl) (?:\w+ ){0,7}(?:zu kompliziert|zu schwierig|zu schwer|zu viel|zu anstrengend
            |nicht für nötig|keine priorität|egal|gleichgültig|nicht wichtig) | zu viel verlangt
            | zu kompliziert für sie | für sie zu (?:kompliziert|schwierig|schwer)
            | (?:ist|sei) (?:es|das) (?:denn |wirklich )+so (?:schwer|schwierig|kompliziert)
            | keine priorität | sicher(?:lich)? wieder (?:in der post|unterwegs|vergessen)
            | wunder geschehen
            | (?:wieder|sicher|bestimmt) (?:einmal |mal )?(?:die post|der server|das system|der hund
            |der computer|der drucker) (?:\w+ )?(?:schuld|kaputt|gefressen|krank|abgestürzt)
            | ein wunder,? (?:dass|wenn)
            | (?:wir|ich) (?:sind|bin) (?:\w+ )?(?:doch )?keine? (?:bank|wohlfahrt\w*|wohltäti\w*)
            | zinslose[rsn]? (?:darlehen|kredit) | lassen sie mich raten
            | (?:danke|vielen dank|dank) für (?:ihr|das|ihre|die) (?:\w+ )?(?:schweigen|funkstille|stille)
            | (?:brieftaube|glaskugel|schneckentempo|schneckenpost)
        """,
        "Lassen Sie das weg, oder sagen Sie nur, was angekommen ist und was nicht.",
    ),
    "T04": Phrases(
        r"""
            sie haben (?:\w+ ){0,4}(?:versäumt|verweigert|ignoriert|vergessen|missachtet
            |unterlassen|nicht für nötig)
            | (?:haben|hatten) sie (?:\w+ ){0,5}(?:versäumt|verweigert|ignoriert|missachtet|vergessen)
            | sie (?:ignorieren|verweigern|weigern|vergessen|versäumen)
            | ihr(?:e|em|er)? (?:versäumnis\w*|weigerung|schuld|fehler|verhalten|nachlässigkeit
            |zahlungsmoral|unzuverlässigkeit|verschulden|zahlungsverzug)
            | (?:inakzeptabel|unakzeptabel|unannehmbar|nicht hinnehmbar|nicht akzeptabel)\w*
            | unverschämt\w* | frech(?:heit)? | unmöglich\w* | unprofessionell\w* | unseriös\w*
            | schlampig\w* | schlamperei | unzuverlässig\w* | ausreden? | schande | schämen
            | (?:trotz|ungeachtet) (?:unserer |mehrfacher |mehrmaliger |wiederholter |zahlreicher )+\w*
            | zum (?:dritten|vierten|fünften|wiederholten|x-ten|hundertsten) mal | immer wieder | wie oft
            | sie (?:zahlen|halten|melden) (?:\w+ )*(?:nie|niemals|ständig|immer)
            | ihr wort (?:gebrochen|nicht gehalten) | wortbruch | empörend | skandalös | lächerlich
            | dreist\w*
            | (?:haben|hatten) sie (?:\w+ ){0,6}(?:noch immer|immer noch|weiterhin
            |bis heute) (?:\w+ ){0,2}nicht
            | sie haben (?:\w+ ){0,5}(?:noch immer|immer noch|bis heute|einfach) (?:\w+ ){0,2}nicht
            | sie haben (?:\w+ ){0,3}nicht (?:reagiert|geantwortet|gezahlt|bezahlt)
            | (?:mangel|fehlender|mangelnder|mangelnde) (?:an )?(?:respekt|anstand|kooperation
            |zahlungsmoral) | sie (?:reagieren|antworten|zahlen) (?:\w+ )?(?:einfach )?nicht
            | sie sind (?:schuld|selbst schuld|unzuverlässig|unseriös)
            | das (?:dritte|vierte|x-te|wievielte) mal | ihre zusage (?:nicht )?(?:gebrochen|eingehalten)
            | (?:sie|ihr) (?:wollen|möchten|haben) (?:\w+ ){0,3}(?:gar nicht zahlen|nicht vor zu
            |keine absicht|nie vor)
            | (?:nicht|nie) (?:\w+ )?(?:vor|beabsichtigen),? (?:\w+ ){0,3}zu (?:zahlen|bezahlen|begleichen)
            | zahlungsunwill\w+
            | (?:sie|ihr) (?:lügen|belügen|hintergehen|drücken sich|verstecken sich|entziehen sich
            |vertrösten) | (?:absichtlich|vorsätzlich|mit absicht|mutwillig) | hinhalte\w*
            | (?:zum narren|an der nase|zum besten) | sie (?:haben|hielten) sich (?:\w+ ){0,2}nicht an
        """,
        "„Wir haben noch keine Antwort erhalten; vielleicht habe ich nicht die richtige Adresse.“",
    ),
    "T07": Phrases(
        r"""
            sofort(?:ige|igen|iger)? | umgehend(?:e|en)? | unverzüglich(?:e|en)? | dringend(?:e|en|st)?
            | schnellstmöglich | so (?:schnell|bald|rasch) wie möglich | baldmöglichst | asap | eilig | eilt
            | auf der stelle | ohne (?:weiteren |jeden )?(?:verzug|aufschub) | heute noch | noch heute
            | endlich | schnellstens | augenblicklich | ohne verzögerung | sofortig\w* | dringlich\w*
            | per sofort | so schnell (?:es geht|wie)
            | (?:jetzt|nun) gleich | ohne (?:weiteres |jedes )?(?:zögern|zuwarten)
        """,
        "„bis Freitag, 26. März“: ein Tag ist klarer als Eile.",
    ),
    "T08": Phrases(
        r"""
            schuldner(?:in|innen|n)? | säumige[rn]? (?:zahler|kunde|kunden|schuldner)\w*
            | (?:schlechte|notorische|unzuverlässige)[rn]? zahler | nichtzahler | zahlungsunwillig\w*
            | problemkunde\w* | zechpreller
            | (?:säumige|schlechte|notorische|unzuverlässige|faule|chronische
            |langsame)[rnsm]? (?:\w+ )?(?:zahler\w*|schuldner\w*) | dauerschuldner\w*
        """,
        "Nennen Sie die Firma oder die Person beim Namen.",
    ),
    "T09": Phrases(
        r"""
            enttäusch(?:t|end|ung|ungen) | nach allem,? was wir
            | (?:unsere|unseren) (?:eigenen )?(?:mitarbeiter|mitarbeiterinnen|angestellten
            |leute) .{0,30}(?:bezahlen|zahlen|löhne|gehälter|familien)
            | (?:löhne|gehälter) (?:unserer|zahlen|bezahlen) | (?:wir|ich) haben? ihnen vertraut
            | wir hätten (?:mehr|besseres|anderes) | wie würden sie sich | versetzen sie sich | im stich
            | (?:unsere|meine) geduld | geduld ist am ende | geduldig (?:genug )?gewesen
            | (?:sehr|überaus|mehr als) (?:geduldig|kulant|großzügig)
            | kleine[rs]? (?:betrieb|unternehmen|firma) | gekränkt | verletzt | traurig | ausnutzen
            | ausgenutzt | gutmütigkeit
            | mäuler (?:\w+ )?zu stopfen | (?:besseres|mehr) von ihnen erwartet
            | (?:von|bei) ihnen (?:hätten wir|hätte ich) | hätten? (?:wir|ich) (?:von|bei) ihnen
            | nach (?:so vielen|all den) jahren
            | bringen sie uns (?:\w+ ){0,3}(?:schwierigkeiten|not|bedrängnis|gefahr) | schlaflos\w*
        """,
        "Lassen Sie Gefühle weg: „Wir haben noch nicht erhalten …“.",
    ),
    "T10": Phrases(
        r"""
            (?:ihre|ihrer|ihren|ihrem|ihr|seine|deine) (?:krankheit|erkrankung|gesundheit
            |operation|scheidung|schwangerschaft|religion|glauben?|nationalität|herkunft|frau
            |ehefrau|ehemann|kinder|ehe|behinderung|depression|burn-?out|trauer(?:fall)?
            |familie) | (?:krank|schwanger|depressiv) (?:sind|ist|waren|war|geworden|wurden)
            | krankgeschrieben | krankenstand | burn-?out | krebs | herzinfarkt | im krankenhaus | ramadan
            | muslim\w* | jüdisch\w* | katholi(?:sch\w*|ken) | ausländer\w* | in ihrem land | leute wie sie
            | gerüchte? .{0,40} | gerüchteweise
            | (?:wir|ich) (?:hören|haben gehört|hörten),? (?:dass )?(?:sie
            |ihre firma) .{0,30}(?:pleite|insolvent|am ende|schlecht|schwierigkeiten)
            | (?:fast|bald|kurz vor der|praktisch) pleite | pleite | man (?:hört|munkelt|sagt)
            | ihre eigenen (?:mitarbeiter|leute) nicht (?:mehr )?(?:bezahlen|zahlen) | todesfall
            | beerdigung | familiäre\w* | private probleme
            | (?:vor der|nahe der|kurz vor der|am rande der|drohende\w*) (?:insolvenz|pleite
            |zahlungsunfähigkeit) | wie wir (?:hören|hörten|gehört haben)
            | (?:dass|weil|da|ihre|ihren|ihrer) (?:\w+ ){0,5}(?:zahlungsschwierigkeiten
            |liquiditäts(?:probleme\w*|engpass|engpässe\w*|schwierigkeiten)
            |finanziell\w* (?:schwierigkeiten|probleme\w*|lage|nöte\w*)|geldsorgen)
            | ihre?m? (?:mann|mutter|vater|sohn|tochter|privatleben|politisch\w*)
            | (?:ihre|der|die) (?:scheidung|ehekrise) | depression(?:en)?
            | (?:am|vor dem) (?:bankrott|konkurs|aus)
            | (?:ein|unser) (?:fahrer|mitbewerber|konkurrent|bekannter|lieferant) (?:\w+ ){0,3}(?:erzählt
            |meinte) | (?:wochen|monaten|tagen) (?:schwer )?krank
        """,
        "Lassen Sie Persönliches weg; sprechen Sie es wenn nötig am Telefon an.",
    ),
    "T14": Phrases(
        r"""
            überfällig\w* | (?:zahlungs)?erinner(?:ung|ungen|n|t) | mahnung(?:en)? | rückstand
            | rückständig\w* | zahlungsverzug | in verzug | unbezahlt\w* | verspätet\w*
        """,
        "„ist am … fällig“: noch ist nichts zu spät.",
    ),
    "S07": Phrases(
        r"""
            sonderangebot\w*
            | (?:tolle|exklusive|aktuelle|besondere|unschlagbare|neue)[sn]? (?:angebote?n?
            |aktion(?:en)?|rabatte?) | aktionspreis\w* | \d+ ?(?:%|prozent) (?:rabatt|nachlass|günstiger)
            | rabatt auf (?:ihre|alle|unser|die|das)
            | (?:unser(?:e|en)?|den|die) neue[nr]? (?:kollektion|katalog|produkte|produktlinie
            |sortiment|sommerkollektion|winterkollektion|broschüre) | newsletter | gutschein(?:e|code)?
            | rabattcode | jetzt (?:bestellen|kaufen|zugreifen|testen|sichern) | kostenlos testen | gratis
            | black friday
            | besuchen sie (?:unseren|unsere) (?:shop|webshop|onlineshop|messe|messestand|ausstellung|laden)
            | solange der vorrat | nur für kurze zeit | nicht verpassen | ausverkauf | profitieren sie
            | \d+ ?(?:%|prozent) (?:rabatt|nachlass|günstiger|sparen)
            | (?:sommer|winter|frühjahrs|herbst|weihnachts|rabatt|sonder)aktion\w*
            | unverbindlich\w* (?:angebot|beratung|testen)
            | (?:demo|beratungstermin|probe) (?:buchen|vereinbaren|anfordern)
            | neu (?:im|in unserem) (?:sortiment|angebot|programm) | folgen sie uns
        """,
        "Lassen Sie das weg: Eine Erinnerung, die etwas verkauft, ist Werbung.",
    ),
    "R02": Phrases(
        r"""
            vorgenannte\w* | obengenannte\w* | o\.g\. | unterzeichnete\w* | hiermit | hierdurch
            | diesbezüglich\w* | bezugnehmend | unter bezugnahme | nachstehend\w* | vorbezeichnete\w*
            | ihrerseits | unsererseits | begleichung | valutastellung | anheim\w* | gemäß § ?\d+
            | in obiger angelegenheit | ohne anerkennung einer rechtspflicht | präjudiz\w*
            | zur vermeidung von | höflichst | ergebenst | mithin | etwaig\w* | dortseits
            | verbindlichkeiten
        """,
        "Sagen Sie es einfach: „dies“, „zahlen“, „dazu“.",
    ),
}
