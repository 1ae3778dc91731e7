"""What whoever sells may tell the customer about an order that waits, by language. Pure tables.

Kind and true: what the customer can do comes first, nothing is threatened, and no word of our rules is said.
Names in braces are filled in.
"""

from dataclasses import dataclass

from collections_app.holds.rules.reasons import ReasonCode


@dataclass(frozen=True, slots=True)
class CustomerWords:
    """One language: how it begins, why by reason, what frees it, and the open door."""

    begins: str
    because: dict[ReasonCode, str]
    paid: str
    paid_for: str
    ahead: str
    more: str
    looking: str
    door: str


WORDS: dict[str, CustomerWords] = {
    "en": CustomerWords(
        begins="We have your order {order} over {amount} here, and we would like to send it soon.",
        because={
            ReasonCode.FORCED: "A colleague of mine is still looking at it with care.",
            ReasonCode.OVERDUE_DAYS: "Some older invoices are still open.",
            ReasonCode.BROKEN_PROMISES: "A payment that we agreed on is still open.",
            ReasonCode.OVERDUE_AMOUNT: "Some invoices are past their due date.",
            ReasonCode.LIMIT_USED: "Together with what is open, it goes beyond the credit that we agreed on.",
            ReasonCode.GROUP_LIMIT_USED: "It goes beyond the credit that is free for you at the moment.",
            ReasonCode.LIMIT_EXPIRED: "The credit that we agreed on is due to be renewed.",
            ReasonCode.FIRST_ORDER: "It is your first order with us, and a first order is paid in advance.",
            ReasonCode.NO_RATE: "We are still working out what it comes to in our currency.",
        },
        paid="It leaves as soon as {total} has arrived.",
        paid_for="It leaves as soon as {total} has arrived: {lines}.",
        ahead="{amount} in advance",
        more="and {count} more",
        looking="I will tell you as soon as it can leave.",
        door="If the payment is already on its way, or something is not right, please let me know.",
    ),
    "nl": CustomerWords(
        begins="Uw bestelling {order} van {amount} staat hier klaar en we sturen haar graag snel op.",
        because={
            ReasonCode.FORCED: "Een collega van mij bekijkt haar nog zorgvuldig.",
            ReasonCode.OVERDUE_DAYS: "Een paar oudere facturen staan nog open.",
            ReasonCode.BROKEN_PROMISES: "Een betaling die we hebben afgesproken staat nog open.",
            ReasonCode.OVERDUE_AMOUNT: "Van enkele facturen is de vervaldatum voorbij.",
            ReasonCode.LIMIT_USED: "Samen met wat openstaat is het meer dan ons afgesproken krediet.",
            ReasonCode.GROUP_LIMIT_USED: "Het is meer dan het krediet dat op dit moment voor u vrij is.",
            ReasonCode.LIMIT_EXPIRED: "Het krediet dat we hebben afgesproken wordt nog vernieuwd.",
            ReasonCode.FIRST_ORDER: "Het is uw eerste bestelling bij ons, en die wordt vooraf betaald.",
            ReasonCode.NO_RATE: "We rekenen nog uit wat het in onze munt is.",
        },
        paid="Ze vertrekt zodra {total} binnen is.",
        paid_for="Ze vertrekt zodra {total} binnen is: {lines}.",
        ahead="{amount} vooraf",
        more="en nog {count}",
        looking="Ik laat het u weten zodra ze kan vertrekken.",
        door="Is de betaling al onderweg of klopt er iets niet? Laat het me dan weten.",
    ),
    "de": CustomerWords(
        begins="Ihre Bestellung {order} über {amount} ist bei uns, und wir möchten sie gern bald senden.",
        because={
            ReasonCode.FORCED: "Ein Kollege sieht sie sich noch sorgfältig an.",
            ReasonCode.OVERDUE_DAYS: "Einige ältere Rechnungen sind noch offen.",
            ReasonCode.BROKEN_PROMISES: "Eine Zahlung, die wir vereinbart haben, ist noch offen.",
            ReasonCode.OVERDUE_AMOUNT: "Bei einigen Rechnungen ist der Fälligkeitstag vorbei.",
            ReasonCode.LIMIT_USED: "Mit dem, was offen ist, geht sie über den vereinbarten Kredit hinaus.",
            ReasonCode.GROUP_LIMIT_USED: "Sie geht über den Kredit hinaus, der gerade für Sie frei ist.",
            ReasonCode.LIMIT_EXPIRED: "Der vereinbarte Kredit steht zur Erneuerung an.",
            ReasonCode.FIRST_ORDER: "Es ist Ihre erste Bestellung bei uns, und die wird im Voraus bezahlt.",
            ReasonCode.NO_RATE: "Wir rechnen noch aus, was sie in unserer Währung ausmacht.",
        },
        paid="Sie geht hinaus, sobald {total} eingegangen sind.",
        paid_for="Sie geht hinaus, sobald {total} eingegangen sind: {lines}.",
        ahead="{amount} im Voraus",
        more="und {count} weitere",
        looking="Ich melde mich bei Ihnen, sobald sie hinausgehen kann.",
        door="Falls die Zahlung schon unterwegs ist oder etwas nicht stimmt, sagen Sie es mir bitte.",
    ),
    "fr": CustomerWords(
        begins="Votre commande {order} de {amount} est chez nous, et nous aimerions vous l'envoyer bientôt.",
        because={
            ReasonCode.FORCED: "Une collègue l'examine encore avec soin.",
            ReasonCode.OVERDUE_DAYS: "Quelques factures plus anciennes sont encore ouvertes.",
            ReasonCode.BROKEN_PROMISES: "Un paiement dont nous avions convenu est encore attendu.",
            ReasonCode.OVERDUE_AMOUNT: "Quelques factures ont passé leur échéance.",
            ReasonCode.LIMIT_USED: "Avec ce qui est ouvert, elle va au-delà du crédit convenu.",
            ReasonCode.GROUP_LIMIT_USED: "Elle va au-delà du crédit qui est libre pour vous en ce moment.",
            ReasonCode.LIMIT_EXPIRED: "Le crédit dont nous avions convenu est en cours de renouvellement.",
            ReasonCode.FIRST_ORDER: "C'est votre première commande chez nous, et elle se paie d'avance.",
            ReasonCode.NO_RATE: "Nous calculons encore ce qu'elle représente dans notre monnaie.",
        },
        paid="Elle part dès que {total} nous sont parvenus.",
        paid_for="Elle part dès que {total} nous sont parvenus : {lines}.",
        ahead="{amount} d'avance",
        more="et {count} de plus",
        looking="Je vous préviens dès qu'elle peut partir.",
        door="Si le paiement est déjà en route, ou si un point n'est pas exact, dites-le-moi, je vous prie.",
    ),
    "es": CustomerWords(
        begins="Tenemos aquí su pedido {order} de {amount} y nos gustaría enviárselo pronto.",
        because={
            ReasonCode.FORCED: "Una persona de mi equipo todavía lo está mirando con cuidado.",
            ReasonCode.OVERDUE_DAYS: "Algunas facturas anteriores siguen pendientes.",
            ReasonCode.BROKEN_PROMISES: "Un pago que acordamos sigue pendiente.",
            ReasonCode.OVERDUE_AMOUNT: "Algunas facturas ya han pasado su vencimiento.",
            ReasonCode.LIMIT_USED: "Junto con lo pendiente, supera el crédito que acordamos.",
            ReasonCode.GROUP_LIMIT_USED: "Supera el crédito que en este momento queda libre para ustedes.",
            ReasonCode.LIMIT_EXPIRED: "El crédito que acordamos está pendiente de renovarse.",
            ReasonCode.FIRST_ORDER: "Es su primer pedido con nosotros, y se paga por adelantado.",
            ReasonCode.NO_RATE: "Todavía estamos calculando lo que supone en nuestra moneda.",
        },
        paid="Sale en cuanto nos lleguen {total}.",
        paid_for="Sale en cuanto nos lleguen {total}: {lines}.",
        ahead="{amount} por adelantado",
        more="y {count} más",
        looking="Le aviso en cuanto pueda salir.",
        door="Si el pago ya está en camino, o si algo no es correcto, dígamelo, por favor.",
    ),
}
