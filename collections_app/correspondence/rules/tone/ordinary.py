"""What only looks like trouble, by language and rule: a tennis court, a crate of avocados, health and safety.
Words of a rule's list that stand in one of these are not meant by it.
"""

ENGLISH = {
    "T01": r"""
        (?:our|your|the|my) legal (?:department|team|advis[eo]rs?|counsel|colleagues) (?:has |have |is
        |are )?(?:also |now |just |only )?(?:asked (?:us |me )?(?:for|whether|if|which)|needs?|wants?
        |requested
        |requesting|requires?|reviewed|reviewing|approved|confirmed|signed|would like)
        | your (?:own )?(?:solicitors?|lawyers?|attorneys?) (?:wrote|writes?|sent|sends|ask(?:ed|s)?|called
        |told
        |says?|said|have|has|is|are|was|were|needs?|wants?|confirmed)
        | (?:from|by) your (?:own )?(?:solicitors?|lawyers?|attorneys?)
        | (?:pallets?|empties|goods|parcels?|containers?|crates?|waste|skips?|samples?
        |returns?)[^.!?]{0,80}collections? (?:agents?|firm)
        | collections? (?:agents?|firm)[^.!?]{0,60}(?:gate|dock|driver|bay|depot|pallets?|parcels?|van|goods)
        | (?:badminton|basketball|netball|volleyball|clay|indoor|outdoor) courts?
        | courts? (?:staff|canteen|catering|cafeteria|buildings?|roofs?|refurbishment|clean\w+|light\w+
        |floor\w+
        |surfac\w+|resurfac\w+|nets?|shoes?|gardens?|hotel|lines)
        | debt recovery (?:software|course|training|book)s? | (?:law|court) reports?
    """,
    "T02": r"""
        pay or (?:let|tell|call|ring|give|say|write|agree|get|reply|ask|contact|send|dispute|quer\w+)
        | hesitate to (?:help|call|ask|contact|get|write|ring|reach|phone)
        | pay or (?:when|how|who|which|why|whether)
    """,
    "T03": "so-called (?:drop shipments?|pro-?forma|self-billing)",
    "T04": r"""
        you (?:have )?(?:always|never) (?:pa(?:y|id)|been|settled?|answer(?:ed)?|repl(?:y|ied)
        |missed|let)(?: \w+){0,3} (?:on time|promptly|quickly|punctual\w*|reliable|down|payment|before)
        | (?:please )?(?:accept |with )?(?:my|our) excuses | no excuses? (?:needed|necessary)
        | (?:our|my) own (?:mistake|fault|error)
    """,
    "T07": r"""
        urgent(?:ly)? (?:needed |required )?(?:orders?|parts?|spares?|spare parts?|deliver(?:y|ies)|shipments?
        |requests?|repairs?|jobs?|call-?outs?|goods|material) | not (?:at all |that |very )?urgent
        | nothing urgent | (?:no|without) (?:urgency|rush)
        | (?:i|we)(?:'ve| have|'m| am|'re| are) (?!expect|ask|demand|wait|request|requir|insist|owed
        |need|want)(?:\w+(?:ed|ing)|sent|put|made|done) (?:\w+ ){0,2}(?:immediately|right away
        |straight ?away|at once)
    """,
    "T10": r"""
        health (?:and|&) safety | health ?(?:care|insurance|club|shop|food|cent(?:re|er)|check)s?
        | catholic (?:school|church|primary|college|academy|diocese|parish|mission)\w*
        | cancer (?:research|charity|ward|cent(?:re|er)|care|trust)
        | funeral (?:home|directors?|flowers|service|parlour|cars?)
        | (?:vat|tax|bank|public) (?:numbers? |rules? |rates? |holidays? )?(?:in|of|for) your country
        | your country's (?:vat|tax|bank|public|holiday)\w*
        | (?:pension|sick leave|medical) (?:scheme|supplies)
    """,
    "T12": r"""
        interest[- ]free | conflicts? of interest | (?:no|without) (?:interest|fee|charge|surcharge|costs?)
    """,
}
DUTCH = {
    "T01": r"""
        juridische (?:afdeling|dienst) (?:\w+ ){0,2}(?:vraagt|vroeg|wil|wenst|verzoekt)
        | juridische (?:afdeling|dienst) heeft [^.!?]{0,90}(?:nodig|gevraagd|goedgekeurd|nagekeken)
        | (?:warm|koud|vegetarisch|dit|elk|ieder|lekker|nieuw)e? gerecht
        | gerecht (?:van de dag|op de kaart|met)
        | (?:flessen|fles|glaasje|doos|dozen) advocaat | (?:van|door) uw advocaat
        | uw (?:eigen )?advocaat (?:heeft|schreef|schrijft|vraagt|vroeg|liet|stuurde)
        | (?:tijd|dag|dagen|week|weken|ruimte|uur|veel) in beslag | (?:btw|belasting) ?aangifte
        | aangifte (?:btw|omzetbelasting)
    """,
    "T02": r"""
        betaal (?:nu )?of (?:bel|laat|zeg|mail|geef|meld)t?
        | niet (?:te )?aarzelen (?:om )?(?:mij |ons |te )?(?:bellen|mailen|vragen)
        | (?:monteur|chauffeur|technicus|installateur|vertegenwoordiger|accountmanager
        |adviseur)[^.!?]{0,50}(?:langskomen|langs komen)
    """,
    "T04": "(?:onze|mijn|met) excuses",
    "T07": r"""
        (?:dringende?|urgente?) (?:bestelling|order|levering|onderdelen|onderdeel|aanvraag|reparatie)\w*
        | (?:heb|hebben) (?:ik |wij |we )?(?:\w+ ){0,4}(?:meteen|onmiddellijk|direct
        |per omgaande) (?:\w+ )?ge\w+
        | (?:ik|wij|we) (?:heb|hebben) (?:\w+ ){0,4}(?:meteen|onmiddellijk)
        | (?:heeft|er is) geen (?:haast|spoed) | niet dringend
    """,
    "T10": r"""
        katholieke? (?:basisschool|school|kerk|parochie|scholengroep)\w*
        | kanker(?:fonds|onderzoek|bestrijding)
        | (?:btw|feestdag\w*|bank) (?:\w+ )?in uw land | begrafenis(?:ondernem\w+|kosten)
        | (?:keuken|installatie|levering|werk|montage|afdeling)\w* [^.!?]{0,20}in het ziekenhuis
    """,
    "T12": "renteloo?s?z?e? | zonder (?:rente|kosten|boete|toeslag)",
    "M04": r"""
        (?:uw|jouw|jullie) (?:nieuwe|gewijzigde|andere) (?:bankrekening|rekeningnummer|bankgegevens|iban|bank)
        | (?:bankgegevens|rekeningnummer|iban|bankrekening) (?:is|zijn) (?:\w+ )?(?:niet|on)
        ?(?:gewijzigd|veranderd|aangepast)
    """,
}
GERMAN = {
    "T01": r"""
        rechtsabteilung (?:braucht|benötigt|bittet|fragt|wünscht
        |hat [^.!?]{0,90}(?:gebeten|gefragt|freigegeben|geprüft|gewünscht|angefordert))
        | (?:das|zum|dem|ein|jedes|dieses) gericht (?:vom|auf|mit|des tages|schmeckt|aus)
        | (?:keine|ohne|grund zur) klagen? | (?:von|durch) ihre[mnrs]? (?:rechts)?anw(?:alt|ältin|älten)
        | ihre[mnrs]? (?:rechts)?anw(?:alt|ältin|älte) (?:hat|haben|schrieb|schreibt|bat|bittet|sagte?
        |teilte|braucht)
    """,
    "T02": r"""
        nicht zögern,? (?:mich|uns|anzurufen|zu fragen) | zögern sie (?:bitte )?nicht
        | (?:techniker\w*|monteur|fahrer\w*|außendienst\w*)[^.!?]{0,50}vorbeikommen
    """,
    "T04": "(?:unser|mein)(?:e|en|em|er)? (?:eigene\\w* )?(?:fehler|versehen|schuld|versäumnis)",
    "T07": r"""
        (?:dringende|eilige|dringend benötigte|dringend gebrauchte)[nrsm]? (?:bestellung|lieferung|teil
        |ersatzteil
        |anfrage|auftrag|aufträge|reparatur|ware)\w*
        | (?:ich|wir) (?:\w+ ){0,5}(?:sofort|umgehend|unverzüglich) (?:\w+ )?(?:\w*ge\w+(?:t|en)
        |korrigiert|storniert|veranlasst|überprüft|erledigt|berichtigt) | nicht (?:so )?(?:eilig|dringend)
        | eilt nicht
    """,
    "T10": r"""
        katholische[nrs]? (?:kirche|kirchengemeinde|schule|kita|pfarrei|kindergarten|gemeinde|träger)\w*
        | krebs(?:forschung|hilfe|zentrum) | familiär(?:e|en)? (?:betrieb|atmosphäre|geführt)\w*
        | (?:küche|anlage|montage|lieferung|arbeiten|station|einbau)\w* [^.!?]{0,20}im krankenhaus
    """,
    "T12": "zinslos\\w* | zinsfrei\\w* | ohne (?:zinsen|gebühr(?:en)?|aufschlag|zuschlag|kosten)",
    "M04": r"""
        ihre[mnrs]? (?:neue|neuen|geänderte|geänderten|andere|anderes|neues) (?:bankverbindung|konto
        |kontonummer|iban|bankdaten)
        | (?:liegt|lag|wegen|durch|aufgrund) (?:\w+ ){0,4}(?:neuen|geänderten) (?:bankverbindung|konto
        |kontonummer
        |iban|bankdaten)
        | (?:bankverbindung|kontonummer|iban|bankdaten|konto) (?:hat|haben) sich (?:\w+ )?nicht
    """,
}
FRENCH = {
    "T01": r"""
        service juridique (?:nous |vous |me )?(?:a |avait )?(?:demandé|demande|souhaite|souhaiterait|attend
        |relu
        |validé|a besoin)
        | (?:cageots?|kilos?|kg|caisses?|livraisons?|palettes?|cartons?|salades?|huile|purée
        |tonnes?) (?:de |des |vos |ces )*(?:d')?avocats? | avocats? (?:bien |très )?(?:mûrs?|bio|frais|hass)
        | votre (?:propre )?avocat (?:a|nous|m'|écrit|demande|souhaite)
        | (?:de|par) votre avocat | palais de justice | ministère de la justice
        | poursuites? (?:de|du|des) (?:nos |notre |vos |votre |la |le |l'|les )*(?:livraison|chantier|travaux
        |collaboration|relation|commande|activité|projet)\w*
        | (?:erreurs?|fautes?|dates?|délais?|problèmes?|masques?|écrans?|services?|retards?) de saisie
        | saisies? (?:comptables?|informatiques?|dans|manuelles?|erronées?|en ligne)
        | saisies? (?:de|du|des) (?:la |l'|votre |vos |cette |notre |nos )?(?:factures?|commandes?|bons?
        |numéros?
        |avoirs?|données|références?|écritures?|adresses?|montants?)
    """,
    "T02": r"""
        payez ou (?:dites|appelez|indiquez|écrivez|donnez|prévenez)
        | sans quoi,? (?:je ne|nous ne|il nous) | (?:n'hésiterons|n'hésiterai) pas à vous
    """,
    "T04": "(?:notre|mon|ma) (?:propre )?(?:faute|erreur|manquement|négligence|retard|silence)",
    "T07": r"""
        (?:commandes?|pièces?|livraisons?|interventions?|demandes?|réparations?) (?:très )?urgentes?
        | (?:j'ai|nous avons|l'ai|l'avons) (?:immédiatement|aussitôt) | rien d'urgent | pas urgente?
        | (?:ai|avons) (?:\w+é|\w+i|\w+u|fait|mis)e?s? (?:immédiatement|sans tarder|sans attendre)
    """,
    "T10": r"""
        (?:école|lycée|paroisse|collège|institut\w*|centre|établissement) catholiques?
        | (?:institut|ligue|centre|recherche) (?:contre|sur) le cancer
        | (?:cuisine|installation|livr|pos|travaux|chantier)\w* [^.!?]{0,25}à l'hôpital
        | (?:clients?|fournisseurs?|virements?|comptes?|marchés?|paiements?) étrangers?
    """,
    "T12": "sans (?:intérêts?|frais|pénalités?|majoration|indemnité)",
    "M04": r"""
        (?:vos|votre) (?:nouve(?:au|l|lles?|aux)|nouvel) (?:rib|iban|compte|coordonnées)\w*
        | (?:coordonnées bancaires|rib|iban|compte bancaire) (?:n'ont|n'a) \w+
    """,
}
SPANISH = {
    "T01": r"""
        (?:departamento|servicio|equipo|asesoría) (?:jurídic[oa]|legal) (?:nos |me )?(?:ha |han )?(?:pedido
        |pide
        |necesita|solicita|solicitado|revisa|revisado|aprobado|validado)
        | (?:poder|escritura|copia) notarial | nuestra lista de (?:morosos|impagados)
        | su (?:propio )?abogado (?:nos|me|ha|escribió|pide|pidió) | (?:de|por) su abogado
    """,
    "T02": r"""
        no dudaremos en (?:ayudar|atender|llamar)\w* | arrepentir\w* de (?:nuestra|esta) compra
    """,
    "T04": "(?:nuestr[oa]|mi) (?:propi[oa] )?(?:culpa|error|falta|descuido) | (?:nuestras|mis) excusas",
    "T07": r"""
        (?:pedidos?|piezas?|entregas?|envíos?|recambios?|reparaci(?:ón|ones)) (?:muy )?urgentes?
        | (?:he|hemos) (?:\w+ado|\w+ido|puesto|hecho|escrito) (?:\w+ ){0,2}(?:inmediatamente|de inmediato
        |hoy mismo)
        | (?:ninguna|sin) (?:prisa|urgencia) | no (?:es|corre) (?:prisa|urgente)
    """,
    "T10": r"""
        (?:colegio|escuela|instituto|parroquia|universidad|iglesia) católic[oa]
        | (?:cocina|instalaci|entreg|montaje|obra|suministr)\w* [^.!?]{0,25}en el hospital
        | (?:lucha|investigación|asociación) (?:contra|del|sobre) el cáncer
        | (?:clientes?|proveedores?|bancos?|transferencias?) extranjer[oa]s?
    """,
    "T12": "sin (?:intereses|recargos?|comisi(?:ón|ones)|gastos|coste)",
    "R02": r"""
        (?:el mismo|la misma) (?:día|mes|año|semana|importe|factura|cuenta|precio|tarde|mañana|hora|momento)
    """,
    "M04": r"""
        (?:su|sus) nuev[oa]s? (?:cuenta|número de cuenta|iban|datos)\w*
        | (?:cuenta bancaria|datos bancarios|iban|número de cuenta|cuenta) no (?:ha|han) \w+
    """,
}
