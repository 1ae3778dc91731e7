"""What is better not written in French, by rule, and what to write instead."""

from collections_app.correspondence.rules.tone.lists import Phrases

FRENCH = {
    "T01": Phrases(
        r"""
            tribuna(?:l|ux) | (?:en|à la|devant la|la) justice | huissiers?(?: de justice)?
            | commissaires? de justice | avocats? | poursuites? | poursuivre en
            | (?:procédure|voie|action|recouvrement|règlement) (?:judiciaire|contentieu(?:x|se)|juridique)s?
            | judiciaire(?:s|ment)? | contentieux
            | (?:mesures|actions|suites|voies|poursuites) (?:légales|juridiques|judiciaires)
            | mise en demeure | injonction de payer
            | (?:société|cabinet|agence|organisme|prestataire) de recouvrement | saisies?(?:-\w+)?
            | assign(?:er|ation|ons|erons) | liquidation | redressement judiciaire | voies de droit
            | service juridique | plainte | agents? de recouvrement | officier (?:ministériel|public)
            | commandement de payer | titre exécutoire | recouvrement forcé | tribunal de commerce
            | voie légale | action en paiement | juristes?
            | (?:chez|devant|par|à) (?:un|le|notre|nos) (?:avocat|huissier|juge|tribunal|commissaire)
            | aller en justice | fich(?:age|é|er) (?:à la |de la )?banque de france
        """,
        "Retirez-le à ce stade ; demandez ce qui manque et quand le paiement est possible.",
    ),
    "T02": Phrases(
        r"""
            dernière (?:chance|occasion|mise en garde) | dernier avertissement | ultime avertissement
            | (?:serons|serions|sommes|serai|verrons|voyons) (?:\w+ )?(?:contraints?|forcés?
            |obligés?|dans l'obligation) | contraints? de | (?:pas|plus) d'autre choix | aucun autre choix
            | (?:vous )?(?:le |allez le )?regretter(?:ez)?
            | (?:n'hésiterons|n'hésiterai) pas à (?!vous (?:aider|répondre|rappeler))
            | (?:graves|lourdes|sérieuses|fâcheuses|désagréables) conséquences
            | conséquences (?:graves|sérieuses|lourdes|fâcheuses) | subir les conséquences | en subirez
            | à vos risques | vous (?:êtes|voilà|aurez été) (?:prévenus?|avertis?) | liste noire
            | votre réputation | au pilori
            | (?:vos|tous vos) (?:clients|fournisseurs) (?:seront|sauront|vont)
            | informer (?:tous )?vos (?:clients|fournisseurs) | ne nous (?:forcez|obligez|poussez) pas
            | sinon,? (?:gare|vous|tant pis|ça|cela|attention|on verra|nous verrons|\.\.\.)
            | sans quoi | faute de quoi vous | payez ou
            | (?:passer|débarquer|venir) (?:\w+ )?(?:chez vous|dans vos locaux) | nous savons où
            | cela vous coûtera | par tous les moyens | gare à
            | (?:laissez|laisse|laisserez) (?:\w+ )?(?:pas|plus|aucun) (?:d'autre |le |autre )?choix
            | (?:c'est|ce sera|voici) la dernière fois | avant qu'il ne soit trop tard
            | (?:forcez|obligez|poussez) (?:à|nous) | vous nous (?:forcez|obligez|contraignez|poussez)
            | (?:tout le monde|le secteur|le marché|vos \w+) (?:le )?(?:saura|apprendra|sauront)
            | cela (?:va|risque de) (?:mal )?(?:tourner|finir|devenir) | mesures qui s'imposent
            | en tirer les conséquences | vous en supporterez
            | (?:tout|toute|tous|vos|votre|l'ensemble) (?:le |la |les |du |vos )*(?:secteur|marché
            |profession|filière|quartier|ville|concurrents|fournisseurs|clients|confrères|région
            |monde) (?:\w+ ){0,3}(?:apprenn\w+|apprendr\w+|sache|sachent|saura|sauront|soit au courant
            |soient au courant|parle|parlent) | (?:le|de le|ça|cela) (?:regretter|regretterez|regretteriez)
            | mordre les doigts | finir(?:a|ez|ait)? mal
            | (?:va|vont|risque de) mal (?:finir|se terminer|tourner)
            | (?:publi|post|partag)\w+ (?:\w+ ){0,4}(?:sur|dans) (?:linkedin|facebook|google
            |les réseaux sociaux|internet|la presse) | avis (?:google )?négatifs? | faire autrement
        """,
        "Dites calmement ce que vous demandez, pour quand, et comment vous joindre.",
    ),
    "T03": Phrases(
        r"""
            vous (?:êtes|devez être) (?:sans doute|sûrement|certainement|probablement)? ?(?:très
            |trop|bien trop|tellement|fort|débordés?) ?(?:occupée?s?|débordée?s?|pris)?
            | (?:sans doute|sûrement) (?:très|trop) occupée?s?
            | (?:encore une fois|une fois de plus|toujours) rien
            | (?:est-ce|c'est|est-il|ce n'est) (?:vraiment |pourtant |donc )?(?:pas )?(?:si
            |bien) (?:difficile|compliqué|sorcier) | quelle surprise
            | (?:comme c'est|c'est) (?:étrange|curieux|drôle|pratique|commode)
            | (?:étrange|curieux|drôle)(?:ment)? (?:que|comme|de) | comme par (?:hasard|magie)
            | merci pour rien | même un enfant | savez-vous lire | sauf erreur de votre calendrier
            | tant mieux pour vous | nous adorons (?:attendre|relancer) | comme si (?:vous|nous|de rien)
            | soi-disant | prétendu\w* | encore une excuse | une nouvelle excuse | on croit rêver
            | quand les poules
            | ["“«] ?(?:perdue?|oubliée?|égarée?|occupée?|erreur|oubli|en route|vacances
            |problème technique) ?["”»]
            | (?:visiblement|apparemment|manifestement|à l'évidence),? (?:[\w']+ ){0,8}(?:trop
            |priorité|efforts?|compliquée?|difficile|importe) | trop (?:vous )?demander
            | (?:pas|guère) (?:votre|une) priorité
            | (?:est-ce|c'est) (?:vraiment |donc )+(?:si|trop) (?:difficile|compliqué) | quel hasard
            | (?:le chèque|le virement) est (?:sans doute |sûrement )?encore en route
            | (?:ne sommes|ne suis|sommes-nous) (?:pas )?(?:une |la |votre )?(?:banque
            |association caritative|œuvre)\w* | prêt (?:gratuit|sans intérêts?|à taux zéro)
            | laissez-moi deviner
            | merci (?:beaucoup |infiniment )?(?:pour|de) (?:votre|ce) (?:\w+ )?(?:silence|mutisme)
            | (?:pigeon voyageur|boule de cristal|escargot) | (?:quelle|drôle de|curieuse) coïncidence
        """,
        "Retirez-le, ou dites seulement ce qui est arrivé ou non.",
    ),
    "T04": Phrases(
        r"""
            vous (?:avez|aviez) (?:\w+ ){0,3}(?:négligé|refusé|ignoré|omis|oublié|manqué|failli)
            | vous (?:refusez|ignorez|négligez|oubliez|persistez)
            | votre (?:négligence|refus|faute|manquement|carence|mauvaise foi|comportement
            |attitude|défaillance|erreur|silence)
            | (?:inacceptable|inadmissible|intolérable|scandaleux|honteux|inexcusable|lamentable
            |déplorable)s? | honte | irresponsables? | incompéten\w+ | malhonnêtes?
            | peu (?:sérieux|professionnel)\w* | (?:pas|plus|aucune?|vos|d'autres) excuses?
            | (?:malgré|en dépit de) (?:nos |mes )?(?:nombreuses|multiples|différentes|diverses
            |plusieurs)? ?(?:relances|rappels|demandes|courriers)
            | pour la (?:troisième|quatrième|cinquième|énième) fois | maintes fois | à maintes reprises
            | combien de fois | vous (?:ne )?(?:payez|respectez|répondez) (?:\w+ )*jamais
            | manqué à votre (?:parole|promesse) | ridicule | sans gêne
            | vous n'avez (?:toujours|jamais|même) (?:pas |rien )?(?:\w+ )?(?:payé|réglé|répondu
            |donné|daigné|respecté) | toujours pas (?:payé|réglé|répondu|daigné)
            | manque de (?:sérieux|respect|professionnalisme|correction|parole) | (?:non-respect|irrespect)
            | vous (?:ne )?respectez pas | peu (?:courtois|correct)\w* | la (?:troisième|énième) fois
            | silence (?:inacceptable|persistant)
            | (?:vous )?n'(?:avez|as) (?:pas|jamais|guère|point) (?:\w+ )?(?:tenu|honoré) (?:votre |vos
            )?(?:parole|promesses?|engagements?) | (?:parole|promesse)s? non (?:tenue|respectée)s?
            | aucune intention de (?:payer|régler) | (?:pas|jamais) (?:eu )?l'intention de (?:payer|régler)
            | vous (?:fuyez|mentez|cachez|vous moquez|esquivez|faites semblant)
            | vous (?:nous )?(?:menez|faites) (?:en bateau|tourner|lanterner) | (?:délibérément|sciemment)
        """,
        "« Nous n'avons pas encore reçu de réponse ; je n'ai peut-être pas la bonne adresse. »",
    ),
    "T07": Phrases(
        r"""
            immédiat(?:e|ement)? | urgent(?:e|es|s)? | urgence | d'urgence | dès que possible | au plus vite
            | le plus (?:vite|rapidement|tôt) possible | dans les plus brefs délais
            | sans (?:délai|tarder|attendre|plus attendre) | sur-le-champ | séance tenante | par retour
            | asap | aujourd'hui même | toute urgence | sans plus tarder | rapidement possible
            | incessamment | prestement
            | (?:au|le) plus (?:tôt|rapidement)(?! le) | toutes? affaires? cessantes?
        """,
        "« au plus tard le vendredi 26 mars » : une date est plus claire que la hâte.",
    ),
    "T08": Phrases(
        r"""
            débiteurs? | débitrices? | mauvais (?:payeurs?|clients?) | défaillants? | retardataires?
            | (?:clients?|payeurs?) (?:défaillants?|indélicats?|douteux) | impayeurs?
        """,
        "Employez le nom de l'entreprise ou de la personne.",
    ),
    "T09": Phrases(
        r"""
            déçue?s? | décevant\w* | déception | après tout ce que (?:nous|j') ?\w*
            | (?:nos|mes) (?:propres )?(?:salariés|employés|collaborateurs
            |équipes) .{0,30}(?:payer|salaires|familles)
            | (?:payer|les salaires de) nos (?:salariés|employés|collaborateurs)
            | nous vous (?:faisions|avons fait) confiance | nous (?:attendions|espérions) mieux
            | mettez-vous à notre place | que diriez-vous si | laissés? tomber | trahi\w*
            | (?:notre|ma) patience | à bout de patience
            | (?:très|plus que|trop) (?:patients?|indulgents?|compréhensifs?)
            | petite (?:entreprise|structure) | attristés? | blessés? | abuser? de notre
            | bouches? à nourrir | (?:attend\w+|espér\w+) (?:mieux|autre chose|plus) de (?:vous|votre)
            | après (?:tant d'|toutes ces )années?
            | (?:met|mettez|mettent) (?:\w+ )?(?:en difficulté|en péril|dans l'embarras)
            | nous qui (?:avons|vous avons) (?:toujours|tant)
        """,
        "Laissez les sentiments : « Nous n'avons pas encore reçu … ».",
    ),
    "T10": Phrases(
        r"""
            (?:votre|vos|sa|son|ses) (?:maladie|santé|opération|divorce|grossesse|religion
            |nationalité|origine|origines|femme|mari|épouse|époux|enfants|mariage|handicap
            |dépression|burn-?out|deuil|famille|vie privée)
            | (?:êtes|est|étiez|était|tombée?) (?:\w+ )?(?:malade|enceinte|dépressi\w+) | arrêt maladie
            | congé maladie | congé maternité | cancer | infarctus | à l'hôpital | hospitalisée? | ramadan
            | musulmane?s? | juifs? | juive | catholiques? | étrangers? | dans votre pays
            | les gens comme vous | rumeurs? .{0,40}
            | (?:nous|j') ?(?:avons|ai)? ?(?:entendu
            |appris) (?:dire )?que vous .{0,30}(?:faillite|difficulté|mal|déposer)
            | au bord (?:de la faillite|du gouffre) | (?:bientôt|presque|quasiment) en faillite
            | en faillite | on dit que | il paraît que | le bruit court
            | (?:payer|payez) (?:même )?(?:pas|plus) vos (?:salariés|employés) | décès | obsèques
            | enterrement | problèmes (?:personnels|familiaux)
            | (?:que|savons|appris|comprenons|entendu) .{0,50}(?:problèmes|difficultés
            |soucis) (?:de trésorerie|financi\w+|d'argent)
            | vos (?:problèmes|difficultés|soucis) (?:de trésorerie|financi\w+|d'argent)
            | proche (?:de la|du) (?:faillite|dépôt de bilan) | dépôt de bilan
            | votre (?:mère|père|fils|fille|âge)
            | on (?:raconte|murmure|prétend) | (?:en pleine|sous|faire une|fait une) dépression | divorce
            | antidépresseurs
            | (?:bord|veille|seuil) (?:du|de la) (?:dépôt de bilan|faillite|liquidation|ruine)
            | (?:un|notre) (?:chauffeur|concurrent|confrère|voisin|ami) (?:\w+ )?(?:raconté|confié)
        """,
        "Laissez de côté ce qui est personnel ; parlez-en au téléphone si besoin.",
    ),
    "T14": Phrases(
        r"""
            en retard | retard(?: de paiement)? | relances? | rappel(?:s)? | impayée?s?
            | échue?s? (?!le)| arriérés? | en souffrance
        """,
        "« arrive à échéance le … » : rien n'est encore en retard.",
    ),
    "S07": Phrases(
        r"""
            offres? (?:spéciales?|exclusives?|promotionnelles?|exceptionnelles?|de (?:printemps
            |rentrée|noël|bienvenue)) | promotions? | promo | \d+ ?% (?:de )?(?:réduction|remise|rabais)
            | (?:remise|réduction|rabais) sur (?:votre|vos|toute|tous|notre|la|le)
            | (?:notre|la) nouvelle (?:collection|gamme|brochure) | (?:notre|le) nouveau catalogue
            | newsletter | lettre d'information | code promo | bon d'achat | abonnez-vous
            | commandez (?:maintenant|dès|vite) | achetez | essai gratuit | livraison gratuite
            | livraison offerte | gratuitement | black friday
            | (?:visitez|découvrez|venez découvrir) (?:notre|nos|la|le) | soldes | jusqu'à épuisement
            | ne manquez pas | profitez | salon professionnel
            | \d+ ?% (?:de )?(?:réduction|remise|rabais|moins)
            | (?:découvrez|essayez|testez|commandez|profitez) (?:\w+ )?(?:nos|notre|les|la|le|de|dès)
            | demandez (?:une|votre) (?:démo|démonstration|devis)| ventes? privées? | suivez-nous
            | bons? plans?
        """,
        "Retirez-le : un rappel qui vend quelque chose est une publicité.",
    ),
    "R02": Phrases(
        r"""
            susmentionnée?s? | susvisée?s? | précitée?s? | ci-dessus (?:mentionnée?s?|référencée?s?)
            | par la présente | la présente | nonobstant | aux fins de | en l'espèce | eu égard
            | subséquente?s? | conformément aux dispositions | sous réserve de tous (?:nos )?droits
            | sans préjudice | à toutes fins utiles | il appert | dudit | ladite | lesdites | desdites
            | acquitter (?:de )?ladite | veuillez agréer.{0,60}expression | dont acte | au titre de
            | en vertu de | diligenter | ès qualités
        """,
        "Dites-le simplement : « payer », « cette facture », « avant ».",
    ),
}
