"""How French says what a rule has to know. How lists are written stands in ``lists``."""

from collections_app.correspondence.rules.tone import ordinary, phrases_fr
from collections_app.correspondence.rules.tone.lists import Cue, Words
from collections_app.correspondence.rules.tone.shapes import Action

FRENCH = Words(
    phrases=phrases_fr.FRENCH,
    cues={
        Cue.DUE: r"""
            échéance | échue?s?(?: le)? | (?:arriv\w+|vient|venait|venue?) à échéance | payable | exigible
            | date limite | à régler (?:le|avant|au)? | à payer (?:le|avant|au)? | due? le
        """,
        Cue.WAY_TO_PAY: r"""
            virement | virer | iban | rib | coordonnées bancaires | références bancaires | compte bancaire
            | prélèvement | carte bancaire | par carte | chèque | lien de paiement | paiement en ligne
            | (?:sur|vers) notre compte | indiquées? sur (?:la|les|chaque) factures?
            | virements? | virée?s?
            | (?:le|notre|ce|au) (?:\w+ )?compte (?:\w+ )?(?:indiqué|habituel|mentionné|bancaire) | en ligne
            | vire(?:z|r) | coordonnées (?:de paiement|habituelles)
        """,
        Cue.NEW_BANK: r"""
            (?:nouve(?:au|l|lles?|aux)|nouvel) (?:rib|iban|compte(?: bancaire)?|coordonnées bancaires)
            | (?:coordonnées bancaires|rib|iban|compte bancaire) (?:ont|a
            |avons) (?:\w+ )?(?:changé|été modifiée?s?|été changée?s?)
        """,
        Cue.DOOR: r"""
            déjà (?:payée?|réglée?|effectuée?|fait|viré|procédé|été)
            | (?:avez|auriez) (?:déjà|entre-temps|depuis)
            | (?:n'est|ne sont|n'était|semble|paraît) (?:pas )?(?:\w+ )?(?:exacte?|correcte?
            |conforme|juste|inexacte?|claire?) | questions? | si (?:quelque chose|un|une|vous|le|la|ces)
            | s'il (?:manque|y a) | aider | aide | besoin | difficultés? | se sont croisés | croisé | erreur
            | échelonn\w+ | mauvais(?:e)? (?:interlocuteur|adresse|personne) | bon interlocuteur | contester
            | désaccord | empêche
            | (?:si|s'il|s'ils|au cas où) (?!vous plaît)[^.!?]{0,120}\b(?:dites|appelez|écrivez|signalez
            |prévenez|contactez|faites|indiquez|je|nous|notre|viendra|répondrai|écrivez)(?:-\w+)* ?
            | (?:n'allai(?:t|ent)|ne va|ne vont) pas | ce qui (?:ne va pas|manque|bloque|pose|coince)
            | à votre (?:disposition|écoute) | s'il vous (?!plaît)\w+ | s'il (?:reste|y avait|manquait)
            | fausses? | faux | en plusieurs fois | à qui (?:dois-je|puis-je|faut-il)
        """,
        Cue.ASK: r"""
            pouvez-vous | pourriez-vous | pourrais-tu | peux-tu | merci de | veuillez | s'il vous plaît
            | nous vous (?:prions|demandons|remercions) (?:de|d')
            | je vous (?:prie|remercie|demande) (?:de|d') | voudriez-vous | puis-je
            | quand (?:pouvez|pourrez|pourrons|sera) | quelle (?:date|est la date)
        """,
        Cue.ATTACHED: r"""
            (?:ci-)?jointe?s? | en pièces? jointes? | pièces? jointes? | en annexe | ci-annexée?s? | joins
            | joignons
        """,
        Cue.NOT_ATTACHED: "(?:sans|aucune|pas de) (?:pièces? jointes?|annexe) | pas jointe?s?",
        Cue.DISPUTED: r"""
            litige\w* | contest\w* | réclamation | (?:vérifi|examin)\w*
            | en cours d'(?:examen|analyse|étude) | mise? de côté
            | n'est pas (?:concernée?|comprise?|incluse?) | à l'exception | hors | excluant | désaccord
            | non comprise?s?
        """,
        Cue.PROMISED: r"""
            promis\w* | promesse | convenue?s? | engag\w* | accord\w* | comme convenu | échéancier
            | échelonn\w* | échéances | vous (?:nous )?(?:avez|aviez) (?:annoncé|confirmé|indiqué)
            | annoncé\w* | confirmée? | prévue?
        """,
        Cue.CHARGE: r"""
            intérêts?(?: de retard| moratoires)? | pénalités?(?: de retard)? | indemnité(?: forfaitaire)?
            | frais de (?:recouvrement|relance|dossier|rappel|retard|gestion) | majoration | dommages
            | taux d'intérêt
        """,
        Cue.WILL_CHARGE: r"""
            (?:nous )?(?:appliqu|factur|ajout|réclam|compt)(?:ons|erons|ées?|és?|era|eront|ent)
            | (?:seront|sera|sont|ont été|a été|est) (?:\w+ )?(?:appliquée?s?|facturée?s?
            |ajoutée?s?|réclamée?s?|dues?|dus?) | majorée?s? de | vous devez | en sus | plus
        """,
        Cue.MAYBE: r"""
            pourr(?:ait|aient|ions|ons|ez)? | peu(?:t|vent) | pouvons | éventuel\w* | permet(?:tent)?
            | autorise | droit | susceptible\w*
        """,
        Cue.WITHIN: r"""
            (?:sous|dans les|dans un délai de|d'ici) \w+ (?:prochains )?(?:jours?|semaines?)(?: ouvrés)?
            | (?:cette|la) semaine(?: prochaine)? | fin (?:de )?(?:la )?(?:semaine|mois|du mois) | demain
            | aujourd'hui
        """,
        Cue.REPLY: "répond(?:re|ez|ant) (?:simplement |directement )?à (?:ce|cet|moi)",
        Cue.OURS: r"""
            (?:j'|je |nous )(?:vous |m'en |nous en |le |la |les )*(?:enver\w+|envoi\w+|envoy\w+
            |vérifi\w+|corrig\w+|répond\w+|transmet\w+|occup\w+|fer\w+|aider\w+|appeller\w+
            |rappeller\w+)
        """,
        Cue.BY: r"""
            (?:avant|d'ici|pour|au plus tard|jusqu'au)(?: le| au)?(?: \w+di)? \d{1,2}(?:er)? [a-zûé]{3,}
            | (?:avant|d'ici|au plus tard|jusqu'au)(?: le| au)? \d{1,2}[./-]\d{1,2}\S*
            | (?:avant|d'ici|au plus tard|pour)(?: le| à)? (?:lundi|mardi|mercredi|jeudi|vendredi)
            | (?:avant|d'ici) (?:la fin|fin) (?:de |du )?(?:la )?\w+
        """,
        Cue.NOT_CHARGED: r"""
            n'(?:en )?(?:avons|ai) (?:\w+ ){0,3}(?:compt|factur|appliqu|ajout
            |réclam)\w+
            | (?:n'|ne |n'en )(?:appliqu|factur|compt|réclam|ajout)\w+ (?:pas|rien|aucun\w*)
            | sans (?:rien )?(?:compter|facturer|ajouter|appliquer)
        """,
        Cue.IF: "si | s'il | au cas où | à moins",
        Cue.SIGN_OFF: r"""
            cordialement | bien à vous | sincères? salutations | salutations | bien cordialement
            | veuillez agréer | respectueusement
        """,
        Cue.PROTOCOL: "fiche d'information | formulaire de réponse",
        Cue.THIRTY_DAYS: "30 jours | trente jours",
        Cue.INVOICE: "factures? | avoir | document | n°",
        Cue.NEGATIVE: "pas | ni | aucune? | jamais | rien | sans | personne",
        Cue.MUST: r"devez | doit | doivent | faut | êtes tenue?s? | obligat\w+",
    },
    actions={
        Action.AGENCY: r"""
            (?:société|cabinet|agence|organisme|prestataire) de recouvrement | agents? de recouvrement
        """,
        Action.COURT: r"""
            tribuna(?:l|ux) | justice | huissiers? | avocats? | poursuites? | judiciaires? | contentieux
            | injonction de payer | assign\w+
        """,
        Action.HOLD: r"""
            (?:suspend|arrêt|bloqu|stopp|interromp|cess)\w* (?:toutes? |toute |de |les |vos |nos |la |le |l'
            |votre |nouvelles? )*(?:livraisons?|commandes?|expéditions?|prestations?|services?
            |compte) | suspension (?:des|de vos|de nos) (?:livraisons|commandes)
            | (?:livraisons?|commandes?) .{0,20}(?:suspendues?|bloquées?|arrêtées?)
            | paiement d'avance uniquement
        """,
    },
    greetings=r"""
        bonjour | bonsoir | ch(?:er|ère|ers|ères) | madame | monsieur | salut | mesdames | messieurs
    """,
    needs_name="ch(?:er|ère|ers|ères)",
    several=r"""
        à tous | à toutes et à tous | tous | collègues? | équipe
        | (?:le |la )?(?:service )?(?:comptabilité|comptable|service comptabilité
        |service comptable|comptes fournisseurs)(?: \w+)?
    """,
    impersonal=r"""
        (?:madame,? |mesdames,? )(?:et |ou )?(?:monsieur|messieurs) | monsieur,? madame | messieurs
        | mesdames | madame/monsieur | (?:cher |chère )?client(?:e|s)? | (?:cher |chère )?partenaire
        | à qui de droit
    """,
    titles="madame monsieur mme mlle mr m dr me maître",
    months=(
        "janvier janv",
        "février févr",
        "mars",
        "avril avr",
        "mai",
        "juin",
        "juillet juil",
        "août aout",
        "septembre sept",
        "octobre oct",
        "novembre nov",
        "décembre déc",
    ),
    weekdays="(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)",
    own=r"""
        nous vous votre une des pour pas est sur avec les notre dans ce cette au facture paiement avez merci
        le du
    """,
    formal="[Vv]ous | [Vv]otre | [Vv]os",
    informal=r"[Tt]u | [Tt]oi | [Tt]on | [Tt]es | [Tt]a | (?<=[a-z]\s)t'\w+",
    capitals="SIRET",
    lix_most=52,
    ordinary=ordinary.FRENCH,
)
