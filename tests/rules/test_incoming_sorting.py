"""What customers write, in their ways of writing it, and what it asks for."""

import datetime as dt

import pytest

from collections_app.correspondence.rules.incoming import ReplySort, sorting

# A Wednesday.
TODAY = dt.date(2026, 3, 18)

PAID = {
    "en": """
        We paid this last week.
        This invoice has already been paid.
        Payment was sent on 12 March, please check.
        The transfer has been made this morning.
        I have just paid A-1001 in full.
        This was settled on Monday.
        Please find the remittance advice attached.
        The money should be with you by now.
        We've transferred the amount today.
        Paid on 10/03.
    """,
    "de": """
        Die Rechnung ist bereits bezahlt.
        Wir haben den Betrag gestern überwiesen.
        Die Zahlung ist am 12. März erfolgt.
        Das wurde letzte Woche beglichen.
        Die Überweisung ist heute raus.
    """,
    "nl": """
        Deze factuur is al betaald.
        We hebben het bedrag gisteren overgemaakt.
        De betaling is vorige week gedaan.
        Is reeds voldaan op 3 maart.
    """,
    "fr": """
        Cette facture est déjà réglée.
        Nous avons payé la semaine dernière.
        Le virement a été effectué hier.
        Le règlement est parti lundi.
    """,
    "es": """
        La factura ya está pagada.
        Hemos hecho la transferencia ayer.
        El pago se ha realizado el lunes.
        Pagamos la semana pasada.
    """,
}
COPY_PLEASE = {
    "en": """
        Could you send me a copy of A-1001, please?
        Please resend the invoice.
        I don't have this invoice, can you email it?
        We never received invoice A-1001.
        Can I get a statement?
        We are missing invoices A-1001 and A-1002, please forward them.
        Kindly provide a PDF of the invoice.
        Which invoice is this? I need a copy.
    """,
    "de": """
        Bitte senden Sie uns eine Kopie der Rechnung.
        Uns liegt die Rechnung nicht vor.
        Können Sie die Rechnung noch einmal schicken?
        Wir haben keine Rechnung erhalten.
        Wir benötigen einen Kontoauszug.
    """,
    "nl": """
        Kunt u een kopie van de factuur sturen?
        Wij hebben deze factuur nooit ontvangen.
        Graag ontvang ik de factuur nogmaals.
        Wilt u de facturen mailen?
    """,
    "fr": """
        Pouvez-vous nous envoyer une copie de la facture ?
        Nous n'avons pas reçu cette facture.
        Merci de nous transmettre le duplicata.
        J'ai besoin d'un relevé de compte.
    """,
    "es": """
        ¿Pueden enviarnos una copia de la factura?
        No hemos recibido esta factura.
        Por favor, reenvíe la factura.
        Necesito un extracto de la cuenta.
    """,
}
QUERY = {
    "en": """
        The price on A-1001 is wrong.
        We only received half of the goods.
        The goods were damaged.
        This invoice is incorrect, the discount is missing.
        We dispute this invoice.
        We never ordered this.
        We are still waiting for the credit note.
        You have charged us twice.
        The delivery never arrived.
        The quantity doesn't match our order.
        We returned the goods on 3 March.
        The PO number is missing on the invoice.
    """,
    "de": """
        Der Preis stimmt nicht.
        Die Ware ist nie angekommen.
        Wir warten noch auf die Gutschrift.
        Die Lieferung war unvollständig.
        Wir haben das nie bestellt.
        Die Ware war beschädigt, wir reklamieren.
        Die Rechnung ist falsch.
    """,
    "nl": """
        De prijs klopt niet.
        De goederen zijn nooit geleverd.
        Wij wachten nog op de creditnota.
        Wij hebben dit niet besteld.
        De factuur is onjuist.
    """,
    "fr": """
        Le montant est incorrect.
        La marchandise n'est jamais arrivée.
        Nous attendons toujours votre avoir.
        Nous contestons cette facture.
        Il y a une erreur sur la facture.
    """,
    "es": """
        El importe no es correcto.
        La mercancía no ha llegado.
        Estamos esperando el abono.
        Hay un error en la factura.
        No hemos pedido esto.
    """,
}
PROMISE = {
    "en": """
        We will pay on 26 March. | 26
        A-1001 will be paid on 26 March. | 26
        Payment will be made by 26/03/2026. | 26
        It is scheduled for Thursday 26 March. | 26
        You will have the money next Thursday. | 26
        I can pay half on 26 March. | 26
        We are paying this on the 26 March. | 26
        It'll go out in the pay run of 26 March. | 26
        We expect to settle the account by 31 March. | 31
        Will pay by the end of the month. | 31
        Payment tomorrow. | 19
        We will transfer it within 8 days. | 26
    """,
    "de": """
        Wir überweisen am 26. März. | 26
        Die Rechnung wird am 26.03.2026 bezahlt. | 26
        Die Zahlung erfolgt mit dem nächsten Zahllauf am 26.03. | 26
        Wir werden bis Ende des Monats zahlen. | 31
        Ich zahle morgen. | 19
        Sie erhalten das Geld nächste Woche Donnerstag. | 26
    """,
    "nl": """
        We betalen op 26 maart. | 26
        De factuur wordt op 26 maart betaald. | 26
        De betaling volgt eind van de maand. | 31
        Ik maak het morgen over. | 19
        Wij zullen volgende week donderdag betalen. | 26
    """,
    "fr": """
        Nous paierons le 26 mars. | 26
        Le virement sera effectué le 26 mars. | 26
        Le règlement est prévu pour la fin du mois. | 31
        Nous allons régler demain. | 19
        La facture sera payée jeudi 26 mars. | 26
    """,
    "es": """
        Pagaremos el 26 de marzo. | 26
        La factura se pagará el 26 de marzo. | 26
        La transferencia está programada para fin de mes. | 31
        Vamos a pagar mañana. | 19
        Haremos el pago el jueves 26 de marzo. | 26
    """,
}
OTHER = {
    "en": """
        Thank you, noted.
        I will look into it and come back to you.
        We have not paid this yet.
        Please remove me from your list.
        Who is your contact for orders?
        I have forwarded this to our accounts team.
    """,
    "de": """
        Vielen Dank, ich kümmere mich darum.
        Guten Morgen, ich leite das weiter.
        Wir haben noch nicht bezahlt.
    """,
    "nl": "Dank u, ik kijk ernaar.\nWij hebben nog niet betaald.",
    "fr": "Merci, je transmets à la comptabilité.\nNous n'avons pas encore payé.",
    "es": "Gracias, lo miro.\nTodavía no hemos pagado.",
}


def _cases() -> list[tuple[str, str, ReplySort]]:
    named = {
        ReplySort.PAID: PAID,
        ReplySort.COPY_PLEASE: COPY_PLEASE,
        ReplySort.QUERY: QUERY,
        ReplySort.PROMISE: PROMISE,
        ReplySort.OTHER: OTHER,
    }
    return [
        (language, line.strip(), sort)
        for sort, by_language in named.items()
        for language, lines in by_language.items()
        for line in lines.splitlines()
        if line.strip()
    ]


@pytest.mark.parametrize(("language", "line", "wanted"), _cases())
def test_each_is_sorted_as_a_collector_would(language: str, line: str, wanted: ReplySort) -> None:
    words, _, day = line.partition(" | ")
    got = sorting.sort(words, hint=language, country="GB", today=TODAY)

    assert got.sort == wanted
    assert got.promised_on == (dt.date(2026, 3, int(day)) if day else None)
