"""The words of a letter that are no template's: heads of its table, kinds of documents, what we announce."""

from dataclasses import dataclass

from collections_app.correspondence.rules.letter_values import Action
from collections_app.ledger.rules import InvoiceKind


@dataclass(frozen=True, slots=True)
class LetterWords:
    """One language. Names in braces are filled in; what is announced fits "on that day we will ..."."""

    kinds: dict[InvoiceKind, str]
    number: str
    reference: str
    due: str
    open: str
    disputed: str
    promised: str
    more: str
    total: str
    overdue: str
    asked: str
    actions: dict[Action, str]


def _kinds(invoice: str, debit: str, credit: str, charge: str) -> dict[InvoiceKind, str]:
    return {
        InvoiceKind.INVOICE: invoice,
        InvoiceKind.DEBIT_NOTE: debit,
        InvoiceKind.CREDIT_NOTE: credit,
        InvoiceKind.FINANCE_CHARGE: charge,
    }


def _actions(hold: str, agency: str, court: str) -> dict[Action, str]:
    return {Action.HOLD: hold, Action.AGENCY: agency, Action.COURT: court}


WORDS: dict[str, LetterWords] = {
    "en": LetterWords(
        kinds=_kinds("Invoice", "Debit note", "Credit note", "Finance charge"),
        number="Document",
        reference="Your reference",
        due="Due on",
        open="Open",
        disputed="of this under review",
        promised="of this already agreed",
        more="and {number} more",
        total="Total open",
        overdue="Past the due date",
        asked="Payment asked for",
        actions=_actions(
            "pause deliveries on credit",
            "pass the matter to our collection agency",
            "begin legal proceedings",
        ),
    ),
    "nl": LetterWords(
        kinds=_kinds("Factuur", "Debetnota", "Creditnota", "Rentenota"),
        number="Document",
        reference="Uw kenmerk",
        due="Vervaldatum",
        open="Open",
        disputed="hiervan in onderzoek",
        promised="hiervan al afgesproken",
        more="en nog {number}",
        total="Totaal open",
        overdue="Over de vervaldatum",
        asked="Gevraagde betaling",
        actions=_actions(
            "leveringen op rekening onderbreken",
            "de vordering overdragen aan ons incassobureau",
            "een gerechtelijke procedure starten",
        ),
    ),
    "de": LetterWords(
        kinds=_kinds("Rechnung", "Lastschriftanzeige", "Gutschrift", "Zinsrechnung"),
        number="Beleg",
        reference="Ihr Zeichen",
        due="Fällig am",
        open="Offen",
        disputed="davon in Klärung",
        promised="davon bereits vereinbart",
        more="und {number} weitere",
        total="Offen gesamt",
        overdue="Überfällig",
        asked="Erbetene Zahlung",
        actions=_actions(
            "Lieferungen auf Rechnung aussetzen",
            "die Forderung an unser Inkassounternehmen übergeben",
            "gerichtliche Schritte einleiten",
        ),
    ),
    "fr": LetterWords(
        kinds=_kinds("Facture", "Note de débit", "Avoir", "Facture d'intérêts"),
        number="Document",
        reference="Votre référence",
        due="Échéance",
        open="Reste dû",
        disputed="dont en cours d'examen",
        promised="dont déjà convenu",
        more="et {number} de plus",
        total="Total ouvert",
        overdue="Échéance dépassée",
        asked="Paiement demandé",
        actions=_actions(
            "suspendre les livraisons à crédit",
            "confier le dossier à notre société de recouvrement",
            "engager une procédure judiciaire",
        ),
    ),
    "es": LetterWords(
        kinds=_kinds("Factura", "Nota de débito", "Abono", "Factura de intereses"),
        number="Documento",
        reference="Su referencia",
        due="Vencimiento",
        open="Pendiente",
        disputed="de ello en revisión",
        promised="de ello ya acordado",
        more="y {number} más",
        total="Total pendiente",
        overdue="Vencido",
        asked="Pago solicitado",
        actions=_actions(
            "suspender las entregas a crédito",
            "pasar el asunto a nuestra agencia de cobros",
            "iniciar acciones judiciales",
        ),
    ),
}
