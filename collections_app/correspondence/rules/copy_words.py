"""The words of an invoice copy, and of the message that brings copies, by language."""

from dataclasses import dataclass

from collections_app.ledger.rules import InvoiceKind


@dataclass(frozen=True, slots=True)
class CopyWords:
    """One language. Names in braces are filled in."""

    kinds: dict[InvoiceKind, str]
    title: str
    drawn: str
    notice: str
    customer: str
    number: str
    reference: str
    issued: str
    due: str
    terms: str
    what: str
    day: str
    amount: str
    stated: str
    payment: str
    credit: str
    settled: str
    undone: str
    open: str
    greeting: str
    greeting_unnamed: str
    subject_one: str
    subject_many: str
    attached: str
    wrong: str
    goodbye: str


ENGLISH = CopyWords(
    kinds={
        InvoiceKind.INVOICE: "invoice",
        InvoiceKind.DEBIT_NOTE: "debit note",
        InvoiceKind.CREDIT_NOTE: "credit note",
        InvoiceKind.FINANCE_CHARGE: "finance charge",
    },
    title="Copy of {kind} {number}",
    drawn="Drawn on {day}",
    notice=(
        "This copy was drawn from our records. It repeats what was invoiced before and asks for nothing new."
    ),
    customer="Customer number",
    number="Number",
    reference="Your reference",
    issued="Date",
    due="Due on",
    terms="Terms",
    what="What",
    day="Day",
    amount="Amount",
    stated="Amount invoiced",
    payment="Payment",
    credit="Credit",
    settled="Settled",
    undone="Payment returned",
    open="Open",
    greeting="Hello {name},",
    greeting_unnamed="Hello,",
    subject_one="Copy of {number}",
    subject_many="Copies of {number} invoices",
    attached="As you asked, here is a copy of each of these:",
    wrong="If something is missing or not right, please tell me and I will look into it.",
    goodbye="Kind regards",
)

WORDS: dict[str, CopyWords] = {
    "en": ENGLISH,
    "nl": CopyWords(
        kinds={
            InvoiceKind.INVOICE: "factuur",
            InvoiceKind.DEBIT_NOTE: "debetnota",
            InvoiceKind.CREDIT_NOTE: "creditnota",
            InvoiceKind.FINANCE_CHARGE: "rentenota",
        },
        title="Kopie van {kind} {number}",
        drawn="Opgemaakt op {day}",
        notice=(
            "Deze kopie komt uit onze administratie. Ze herhaalt wat al gefactureerd is en vraagt niets"
            " nieuws."
        ),
        customer="Klantnummer",
        number="Nummer",
        reference="Uw kenmerk",
        issued="Datum",
        due="Vervaldatum",
        terms="Voorwaarden",
        what="Wat",
        day="Dag",
        amount="Bedrag",
        stated="Gefactureerd bedrag",
        payment="Betaling",
        credit="Creditering",
        settled="Voldaan",
        undone="Betaling teruggeboekt",
        open="Open",
        greeting="Beste {name},",
        greeting_unnamed="Goedendag,",
        subject_one="Kopie van {number}",
        subject_many="Kopieën van {number} facturen",
        attached="Zoals gevraagd vindt u hierbij een kopie van:",
        wrong="Ontbreekt er iets of klopt er iets niet? Laat het me weten, dan zoek ik het uit.",
        goodbye="Met vriendelijke groet",
    ),
    "de": CopyWords(
        kinds={
            InvoiceKind.INVOICE: "Rechnung",
            InvoiceKind.DEBIT_NOTE: "Lastschriftanzeige",
            InvoiceKind.CREDIT_NOTE: "Gutschrift",
            InvoiceKind.FINANCE_CHARGE: "Zinsrechnung",
        },
        title="Kopie: {kind} {number}",
        drawn="Erstellt am {day}",
        notice=(
            "Diese Kopie stammt aus unseren Büchern. Sie wiederholt, was bereits berechnet wurde, und fordert"
            " nichts Neues."
        ),
        customer="Kundennummer",
        number="Nummer",
        reference="Ihr Zeichen",
        issued="Datum",
        due="Fällig am",
        terms="Zahlungsbedingungen",
        what="Was",
        day="Tag",
        amount="Betrag",
        stated="Rechnungsbetrag",
        payment="Zahlung",
        credit="Gutschrift",
        settled="Ausgeglichen",
        undone="Zahlung zurückgegeben",
        open="Offen",
        greeting="Guten Tag {name},",
        greeting_unnamed="Guten Tag,",
        subject_one="Kopie von {number}",
        subject_many="Kopien von {number} Rechnungen",
        attached="wie gewünscht erhalten Sie anbei je eine Kopie von:",
        wrong="Falls etwas fehlt oder nicht stimmt, sagen Sie es mir bitte, dann kläre ich es.",
        goodbye="Mit freundlichen Grüßen",
    ),
    "fr": CopyWords(
        kinds={
            InvoiceKind.INVOICE: "facture",
            InvoiceKind.DEBIT_NOTE: "note de débit",
            InvoiceKind.CREDIT_NOTE: "avoir",
            InvoiceKind.FINANCE_CHARGE: "facture d'intérêts",
        },
        title="Copie : {kind} {number}",
        drawn="Établie le {day}",
        notice=(
            "Cette copie provient de nos registres. Elle reprend ce qui a déjà été facturé et ne demande rien"
            " de nouveau."
        ),
        customer="Numéro de client",
        number="Numéro",
        reference="Votre référence",
        issued="Date",
        due="Échéance",
        terms="Conditions",
        what="Objet",
        day="Jour",
        amount="Montant",
        stated="Montant facturé",
        payment="Paiement",
        credit="Avoir",
        settled="Soldé",
        undone="Paiement retourné",
        open="Reste dû",
        greeting="Bonjour {name},",
        greeting_unnamed="Bonjour,",
        subject_one="Copie de {number}",
        subject_many="Copies de {number} factures",
        attached="Comme demandé, voici une copie de chacun de ces documents :",
        wrong="S'il manque quelque chose ou si un point n'est pas exact, dites-le-moi et je vérifierai.",
        goodbye="Cordialement",
    ),
    "es": CopyWords(
        kinds={
            InvoiceKind.INVOICE: "factura",
            InvoiceKind.DEBIT_NOTE: "nota de débito",
            InvoiceKind.CREDIT_NOTE: "abono",
            InvoiceKind.FINANCE_CHARGE: "factura de intereses",
        },
        title="Copia: {kind} {number}",
        drawn="Emitida el {day}",
        notice="Esta copia procede de nuestros registros. Repite lo ya facturado y no reclama nada nuevo.",
        customer="Número de cliente",
        number="Número",
        reference="Su referencia",
        issued="Fecha",
        due="Vencimiento",
        terms="Condiciones",
        what="Concepto",
        day="Día",
        amount="Importe",
        stated="Importe facturado",
        payment="Pago",
        credit="Abono",
        settled="Saldado",
        undone="Pago devuelto",
        open="Pendiente",
        greeting="Buenos días, {name}:",
        greeting_unnamed="Buenos días:",
        subject_one="Copia de {number}",
        subject_many="Copias de {number} facturas",
        attached="Como nos pidió, le enviamos una copia de cada uno de estos documentos:",
        wrong="Si falta algo o algo no es correcto, dígamelo y lo revisaré.",
        goodbye="Un cordial saludo",
    ),
}
