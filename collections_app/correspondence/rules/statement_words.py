"""The words of a statement of account, by language."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StatementWords:
    """One language. Names in braces are filled in."""

    title: str
    as_of: str
    customer: str
    opening: str
    issued: str
    amount: str
    unallocated: str
    not_due: str
    aged: str
    aged_open: str
    credits: str
    payments: str
    balance: str
    pay_to: str
    nothing: str
    file: str


WORDS: dict[str, StatementWords] = {
    "en": StatementWords(
        title="Statement of account",
        as_of="As of {day}",
        customer="Customer number {number}",
        opening="These documents are open in our books. If your list differs, please tell us.",
        issued="Date",
        amount="Amount",
        unallocated="Payments not yet set against a document",
        not_due="Not yet due",
        aged="{first}–{last} days",
        aged_open="{first} days and more",
        credits="Credits",
        payments="Payments",
        balance="Balance",
        pay_to="Payments to",
        nothing="Nothing is open.",
        file="Statement {number} {day}",
    ),
    "nl": StatementWords(
        title="Rekeningoverzicht",
        as_of="Per {day}",
        customer="Klantnummer {number}",
        opening="Deze documenten staan bij ons open. Ziet uw lijst er anders uit? Laat het ons weten.",
        issued="Datum",
        amount="Bedrag",
        unallocated="Betalingen die nog niet zijn toegewezen",
        not_due="Nog niet vervallen",
        aged="{first}–{last} dagen",
        aged_open="{first} dagen en meer",
        credits="Creditnota's",
        payments="Betalingen",
        balance="Saldo",
        pay_to="Betalingen aan",
        nothing="Er staat niets open.",
        file="Rekeningoverzicht {number} {day}",
    ),
    "de": StatementWords(
        title="Kontoauszug",
        as_of="Stand {day}",
        customer="Kundennummer {number}",
        opening="Diese Belege sind bei uns offen. Falls Ihre Liste anders aussieht, sagen Sie es uns bitte.",
        issued="Datum",
        amount="Betrag",
        unallocated="Zahlungen, die noch keinem Beleg zugeordnet sind",
        not_due="Noch nicht fällig",
        aged="{first}–{last} Tage",
        aged_open="{first} Tage und mehr",
        credits="Gutschriften",
        payments="Zahlungen",
        balance="Saldo",
        pay_to="Zahlungen an",
        nothing="Es ist nichts offen.",
        file="Kontoauszug {number} {day}",
    ),
    "fr": StatementWords(
        title="Relevé de compte",
        as_of="Au {day}",
        customer="Numéro de client {number}",
        opening="Ces documents sont ouverts dans nos livres. Si votre liste diffère, merci de nous le dire.",
        issued="Date",
        amount="Montant",
        unallocated="Paiements non encore affectés",
        not_due="Non échu",
        aged="{first}–{last} jours",
        aged_open="{first} jours et plus",
        credits="Avoirs",
        payments="Paiements",
        balance="Solde",
        pay_to="Paiements à",
        nothing="Rien n'est ouvert.",
        file="Releve {number} {day}",
    ),
    "es": StatementWords(
        title="Extracto de cuenta",
        as_of="A {day}",
        customer="Número de cliente {number}",
        opening="Estos documentos están pendientes en nuestros libros. Si su lista es distinta, díganoslo.",
        issued="Fecha",
        amount="Importe",
        unallocated="Pagos aún sin asignar",
        not_due="No vencido",
        aged="{first}–{last} días",
        aged_open="{first} días o más",
        credits="Abonos",
        payments="Pagos",
        balance="Saldo",
        pay_to="Pagos a",
        nothing="No hay nada pendiente.",
        file="Extracto {number} {day}",
    ),
}
