"""Files that are brought in, and how: through the form, and on through the worker's tasks."""

from collections.abc import Callable

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from collections_app.intake.batches import Batch

LIST = "customer,customer_name,number,issued_on,due_on,currency,open_amount\n"
ROWS = (
    LIST
    + "100,Harrow Tools,A1,2026-01-05,2026-02-05,GBP,120.50\n200,Brandt,B1,2026-01-07,2026-02-07,GBP,80.00\n"
)
WRONG = (
    LIST + "100,Harrow Tools,A1,2026-02-31,2026-02-05,GBP,abc\n200,=cmd|x,B1,2026-01-07,2026-02-07,GBP,1.00\n"
)
READS = "own:open-items"
KEY = "7d2a6b0e-6d52-4a38-9d5b-0a8e8f6f3c11"

Sent = list[tuple[Callable[..., None], tuple[object, ...]]]


def work(sent: Sent) -> None:
    """Do what workers were told, as one of them would."""
    while sent:
        task, args = sent.pop(0)
        task(*args)


def bring(
    tab: Client, content: str = ROWS, *, reads: str = READS, as_of: str = "2026-03-01", key: str = ""
) -> HttpResponse:
    file = SimpleUploadedFile("march list.csv", content.encode())
    response: HttpResponse = tab.post(
        "/OURS/imports/new/", {"file": file, "reads": reads, "as_of": as_of, "key": key}
    )  # type: ignore[assignment]
    return response


def checked(tab: Client, sent: Sent, content: str = ROWS) -> Batch:
    bring(tab, content)
    work(sent)
    return Batch.objects.latest("pk")


def html_of(tab: Client, batch: Batch, path: str = "") -> str:
    return tab.get(f"/OURS/imports/{batch.pk}/{path}").content.decode()
