"""How customers say that they paid, want a copy, question something, name a day or are away. Data.

Patterns are written for text in lower case with plain apostrophes. A reply that says several of these is
sorted by what is to be done first: a question is looked into before anybody asks for money again.
"""

from collections_app.correspondence.rules.incoming.shapes import ReplySort

AS_OF = "2026-11-22"

_S = ReplySort
ORDER: tuple[ReplySort, ...] = (_S.QUERY, _S.COPY_PLEASE, _S.PROMISE, _S.PAID, _S.AWAY)

SORTING_WORDS: dict[str, dict[ReplySort, tuple[str, ...]]] = {
    "en": {
        _S.QUERY: (
            r"only (?:received|got|delivered|had)",
            r"charged (?:us )?(?:twice|double|too much)",
            r"(?:do|does)(?:n't| not) (?:match|agree|tally)",
            r"(?:price|amount|quantity|rate|total|vat|tax|discount|invoice)s?.{0,30}(?:is|are|seems?|looks?) "
            r"(?:not right|not correct|wrong|incorrect|too high|different)",
            r"(?:is|are|was|were)(?: both)? "
            r"(?:wrong|incorrect|not correct|not right|damaged|missing(?! invoice)|faulty)",
            r"(?:wrong|incorrect) (?:price|amount|quantity|po|order|address|vat|invoice|rate|discount)",
            r"(?:dispute|query|querying|disagree|discrepancy|overcharged|double[- ]charged|charged twice|"
            r"short[- ]delivered)",
            r"(?:have|had|did|were|was)(?:n't| not| never) (?:been )?(?:received?|delivered|arrived?|ordered)"
            r".{0,20}(?:goods|delivery|order|material|items|pallets?)",
            r"(?:goods|delivery|order|items|pallets?).{0,40}(?:not|never|n't).{0,12}(?:arrive|received|"
            r"delivered)",
            r"(?:credit note|credit).{0,30}(?:due|owed|outstanding|promised|please|waiting|expect|still)",
            r"(?:waiting|wait) for (?:a |the |your )?credit",
            r"(?:never|not|n't).{0,8}order(?:ed)?\b",
            r"do(?:n't| not) recogni[sz]e",
            r"(?:returned|sent back) (?:the )?(?:goods|items|pallets?|material)",
        ),
        _S.COPY_PLEASE: (
            r"(?:never|not yet) (?:received|got|had|seen).{0,12}invoices?",
            r"missing.{0,12}invoices?",
            r"(?:send|resend|forward|email|provide|need|have|attach|share|get|want|missing)[^?]{0,40}"
            r"(?:cop(?:y|ies)|invoices?|statement|pdf)",
            r"cop(?:y|ies) (?:of )?(?:the |this |these |all |invoices?).{0,40}please",
            r"(?:have|did|'ve)(?:n't| not| never).{0,20}(?:receiv|got|seen|had).{0,20}(?:this |that |"
            r"the )?invoices?",
            r"(?:do not|don't) (?:have|see|find) (?:this|that|the|these|your|any).{0,12}invoices?",
            r"invoice (?:never|not) (?:received|reached)",
        ),
        _S.PAID: (
            r"(?:(?:was|were|is|are|been|already|have|has|'ve|just|we) )+(?:paid|settled|transferred|"
            r"remitted)",
            r"(?:payment|transfer|remittance|money|funds?).{0,30}(?:was|were|has been|have been|been|is) "
            r"(?:made|sent|done|processed|released|completed|initiated|transferred)",
            r"(?:made|sent|processed|released) (?:the |this |a |your )?(?:payment|transfer|money|"
            r"bank transfer)",
            r"(?:paid|settled) (?:this|it|these|them|on|by|last|yesterday|today|in full|the)",
            r"remittance (?:advice )?(?:is )?attached|attached.{0,20}(?:remittance|proof of payment)",
            r"should (?:be|already be) (?:in|with) you",
        ),
        _S.PROMISE: (
            r"(?:will|'ll|shall|to|should) (?:be|get) "
            r"(?:paid|settled|cleared|transferred|sent|made|released|processed)",
            r"expect to (?:pay|settle|clear|transfer)",
            r"payment (?:is |goes |goes out |follows )?(?:tomorrow|today|on|by|next)",
            r"(?:will|'ll|shall|can|going to|plan to|intend to|aim to|able to).{0,40}"
            r"(?:pay|settle|transfer|clear|remit|make (?:the |a )?payment)",
            r"(?:payment|transfer|it|this|they|invoices?).{0,40}(?:will|'ll|to|should) (?:be |go |leave )"
            r"(?:paid|made|sent|out|settled|cleared|us|processed|released|on|in)",
            r"(?:payment|pay) ?run|scheduled|(?:expect|due) (?:to be )?paid|(?:you|it)(?:'ll|"
            r" will) (?:have|be paid)",
            r"(?:pay|paying|settle|settling) (?:it |this |you |them |all |everything |in full )?(?:on|by|"
            r"before|next|this|tomorrow)",
        ),
        _S.AWAY: (
            r"(?:i am|i'm|we are|is) (?:currently )?(?:away|out of (?:the )?office|on (?:annual |"
            r"maternity |sick )?(?:leave|holiday|vacation))",
            r"out of (?:the )?office|back (?:in the office )?on",
        ),
    },
    "de": {
        _S.QUERY: (
            r"(?:preis|betrag|menge|summe|rabatt|rechnung|mwst|umsatzsteuer).{0,40}(?:stimmt nicht|"
            r"stimmen nicht|falsch|"
            r"nicht korrekt|nicht richtig|zu hoch|abweich)",
            r"(?:falsche[rnsm]?|fehlerhafte[rn]?) (?:preis|betrag|menge|rechnung|anschrift|adresse|"
            r"bestellnummer|artikel|ware)",
            r"reklam|beanstand|widersprech|bestreiten|unstimmig|doppelt berechnet|klärung|mangelhaft|"
            r"beschädigt|defekt",
            r"(?:ware|lieferung|artikel|palette)n?.{0,40}(?:nicht|nie|unvollständig).{0,20}(?:erhalten|"
            r"angekommen|geliefert|eingetroffen|bestellt)?",
            r"(?:nicht|nie) bestellt|gutschrift.{0,40}(?:fehlt|offen|warten|noch|ausste|bitte|erwarten)|"
            r"warten.{0,30}gutschrift",
        ),
        _S.COPY_PLEASE: (
            r"(?:senden|schicken|zusenden|zuschicken|übermitteln|mailen|benötigen|brauchen|bräuchten|"
            r"bitten um|zukommen)"
            r".{0,50}(?:kopie|rechnung|kontoauszug|pdf|duplikat|zweitschrift)",
            r"(?:rechnungs?|kopie|duplikat|zweitschrift|pdf).{0,60}(?:senden|schicken|zusenden|zuschicken|"
            r"zukommen|mailen)",
            r"rechnung(?:en)?.{0,50}(?:nicht|nie).{0,12}(?:vor|erhalten|bekommen|angekommen|eingegangen)",
            r"(?:nicht|nie|keine).{0,20}rechnung.{0,20}(?:erhalten|bekommen)",
        ),
        _S.PAID: (
            r"(?:bereits|schon|wurde[n]?|haben|ist|sind|habe|heute|gestern).{0,60}"
            r"(?:bezahlt|gezahlt|überwiesen|beglichen|angewiesen|ausgeglichen)",
            r"zahlung.{0,40}(?:erfolgt|veranlasst|ausgeführt|unterwegs|angewiesen)|"
            r"überweisung.{0,40}(?:raus|erfolgt|getätigt|veranlasst)",
        ),
        _S.PROMISE: (
            r"(?:ich|wir) (?:zahle|überweise|begleiche)",
            r"(?:erhalten|bekommen).{0,20}(?:geld|zahlung|betrag)",
            r"(?:werden|werde|wird|können|kann|wollen|möchten).{0,80}(?:zahlen|bezahlen|bezahlt|"
            r"überweisen|überwiesen|begleichen|"
            r"beglichen|anweisen|angewiesen|ausgleichen|gezahlt)",
            r"(?:zahlen|überweisen|begleichen) (?:wir|ich|sie|am|bis|den|es|das|die)",
            r"zahllauf|zahlungslauf|zahlung.{0,30}(?:erfolgt (?:am|bis|zum)|geht|am \d|bis)",
        ),
        _S.AWAY: (r"abwesen|im urlaub|nicht im (?:büro|haus)|außer haus|wieder (?:da|im büro|erreichbar)",),
    },
    "nl": {
        _S.QUERY: (
            r"(?:prijs|bedrag|aantal|korting|factuur|btw|totaal).{0,40}(?:klopt niet|kloppen niet|"
            r"niet juist|onjuist|verkeerd|fout|te hoog|niet correct)",
            r"(?:verkeerde|onjuiste|foute?) (?:prijs|bedrag|aantal|factuur|adres|bestelling|levering|btw)",
            r"betwist|klacht|niet akkoord|niet eens|dubbel (?:gefactureerd|in rekening)|beschadigd|kapot",
            r"(?:goederen|levering|bestelling|pallets?|spullen).{0,40}(?:niet|nooit).{0,20}(?:ontvangen|"
            r"geleverd|aangekomen|besteld)?",
            r"(?:niet|nooit) besteld|credit(?:nota|factuur).{0,40}(?:wacht|nog|ontbreek|graag|verwacht)|"
            r"wachten.{0,30}credit",
        ),
        _S.COPY_PLEASE: (
            r"(?:sturen|stuur|stuurt|toesturen|mailen|mail|doorsturen|ontvangen|nodig|"
            r"graag)[^?]{0,50}(?:kopie|factuur|facturen|pdf|overzicht|afschrift)",
            r"(?:kopie(?:ën)?|factuur|facturen|pdf).{0,60}(?:sturen|toesturen|mailen|opsturen|doorsturen|"
            r"toezenden)",
            r"factu(?:ur|ren).{0,40}(?:niet|nooit).{0,12}(?:ontvangen|gekregen|binnen|gehad)",
            r"(?:niet|nooit|geen).{0,20}factu(?:ur|ren).{0,20}(?:ontvangen|gekregen|gehad)",
        ),
        _S.PAID: (
            r"(?:reeds|al|is|zijn|hebben|heb|werd|gisteren|vandaag).{0,50}(?:betaald|overgemaakt|voldaan|"
            r"overgeschreven)",
            r"betaling.{0,40}(?:is gedaan|gedaan|verricht|uitgevoerd|onderweg|verstuurd)",
        ),
        _S.PROMISE: (
            r"ik maak",
            r"(?:zullen|zal|gaan|ga|kunnen|kan|willen|wordt|worden).{0,70}(?:betalen|betaald|overmaken|"
            r"overgemaakt|voldoen|voldaan)",
            r"(?:betalen|betaal|maken) (?:we|wij|ik|het|dit|deze|op|voor|uiterlijk|over)|(?:we|wij|"
            r"ik) (?:betalen|betaal|maken)|betaalrun|betaling.{0,30}(?:volgt|op|uiterlijk|staat gepland)",
        ),
        _S.AWAY: (
            r"afwezig|met (?:vakantie|verlof)|niet (?:op|aan) (?:kantoor|het werk)|weer (?:op kantoor|"
            r"aanwezig|bereikbaar)",
        ),
    },
    "fr": {
        _S.QUERY: (
            r"(?:prix|montant|quantité|remise|facture|tva|total)s?.{0,40}(?:n'est pas|ne sont pas|"
            r"incorrect|erroné|faux|trop élevé|inexact|ne correspond)",
            r"(?:erreur|litige|contest|réclamation|désaccord|facturée? deux fois|endommag|défectueu|abîmé)",
            r"(?:marchandise|livraison|commande|palette)s?.{0,40}(?:pas|jamais).{0,20}(?:reçu|livré|"
            r"arrivé|commandé)",
            r"(?:pas|jamais) (?:été )?command|(?:attend|attente).{0,30}avoir|avoir.{0,20}(?:attend|manqu|"
            r"promis|toujours)",
        ),
        _S.COPY_PLEASE: (
            r"(?:envoyer|renvoyer|transmettre|faire parvenir|adresser|besoin|recevoir|"
            r"avoir)[^?]{0,50}(?:copie|duplicata|factures?|relevé|pdf)",
            r"(?:copie|duplicata).{0,40}(?:svp|s'il vous pla[iî]t|merci)",
            r"(?:pas|jamais).{0,16}(?:reçu|trouv).{0,30}facture|facture.{0,40}(?:pas|"
            r"jamais).{0,12}(?:reçu|parvenu)",
        ),
        _S.PAID: (
            r"(?:a|ont|avons|ai|est|sont|déjà|été).{0,40}(?:payé|réglé|viré|versé|soldé)",
            r"(?:virement|paiement|règlement).{0,40}(?:effectué|parti|envoyé|a été fait|a été|est parti|"
            r"en cours)",
        ),
        _S.PROMISE: (
            r"(?:allons|vais|va|pourrons|pouvons|sera|seront|réglerons|paierons|effectuerons|ferons|"
            r"procéderons).{0,60}"
            r"(?:pay|régl|vir|sold|paiement|règlement|virement|le \d|lundi|mardi|mercredi|jeudi|vendredi|"
            r"semaine|mois|demain)",
            r"(?:paiement|règlement|virement).{0,30}(?:sera|est prévu|prévu|partira|interviendra)|"
            r"nous (?:payons|réglons|virons)",
        ),
        _S.AWAY: (r"absent|en congés?|de retour|hors du bureau",),
    },
    "es": {
        _S.QUERY: (
            r"(?:precio|importe|cantidad|descuento|factura|iva|total)s?.{0,40}(?:no es correct|"
            r"no son correct|incorrect|equivocad|erróne|no coincide|demasiado)",
            r"(?:error|disput|reclam|desacuerdo|no estamos de acuerdo|cobrad[oa] dos veces|dañad|defectuos)",
            r"(?:mercancía|entrega|pedido|material|palets?)s?.{0,40}(?:no|nunca).{0,20}(?:recib|lleg|"
            r"entreg)|no (?:hemos )?(?:recibido|llegado).{0,20}(?:la mercancía|el pedido|el material)",
            r"no (?:lo |la )?(?:hemos )?pedi(?:mos|do)|(?:esper|falta|pendiente).{0,30}(?:abono|"
            r"nota de crédito)",
        ),
        _S.COPY_PLEASE: (
            r"reenv[ií].{0,50}(?:copias?|facturas?|extracto|pdf)",
            r"(?:envi|mand|reenvi|facilit|necesit|remit|pas)[a-zéáí]*[^?]{0,50}(?:copias?|duplicado|"
            r"facturas?|extracto|pdf)",
            r"no (?:hemos |he |nos ha )?(?:recib|lleg|ten).{0,30}factura|factura.{0,40}no.{0,16}(?:recib|"
            r"lleg)",
        ),
        _S.PAID: (
            r"(?:hemos|he) (?:hecho|realizado|efectuado).{0,20}(?:transferencia|pago)",
            r"(?:ya|está|están|hemos|ha sido|fue|he).{0,40}(?:pagad|abonad|transferid|liquidad)|"
            r"(?:pagamos|pagué|abonamos) (?:el|ayer|la|esta)",
            r"(?:pago|transferencia).{0,40}(?:realizad|hech|efectuad|enviad|salió|ordenad)",
        ),
        _S.PROMISE: (
            r"(?:vamos a|voy a|pagaremos|pagaré|abonaremos|podemos|podremos|realizaremos|haremos|"
            r"se pagará|liquidaremos).{0,60}",
            r"(?:pago|transferencia).{0,30}(?:será|saldrá|previst|programad|se hará|el \d)|pagamos|abonamos",
        ),
        _S.AWAY: (r"fuera de la oficina|de vacaciones|ausente|de vuelta|de regreso",),
    },
}
# What turns "paid" round: not yet, or only asked.
UNPAID: dict[str, tuple[str, ...]] = {
    "en": (
        r"(?:not|n't|never|yet to|before|once|when|until|if|be|get|to be|have you) "
        r"(?:been |yet |yet been |it )?(?:paid|settled|made|sent)",
        r"unpaid",
    ),
    "de": (
        r"(?:nicht|noch nicht|erst|sobald|wenn|wird|werden).{0,40}"
        r"(?:bezahlt|gezahlt|überwiesen|beglichen|angewiesen)",
    ),
    "nl": (r"(?:niet|nog niet|zodra|als|wordt|worden).{0,40}(?:betaald|overgemaakt|voldaan)",),
    "fr": (
        r"(?:pas|jamais|sera|seront|dès|si|quand).{0,30}(?:payé|réglé|viré|versé)",
        r"sera effectué|en cours de validation",
    ),
    "es": (r"(?:no|aún no|todavía no|cuando|si|será|se hará).{0,30}(?:pagad|abonad|transferid|realizad)",),
}
