"""Files in forms and in answers: taken up to a size, given back as a download that nothing opens in line."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.utils.http import content_disposition_header

from collections_app.correspondence import stored_files
from collections_app.correspondence.rules.files import ACCEPTED, BY_EXTENSION, SIZE_BYTES_MAX
from collections_app.correspondence.stored_files import StoredFile

# Even opened in a browser, it may run nothing, load nothing and send nothing (ASVS 5.0, 3.2.1 and 5.4).
SANDBOX = "sandbox; default-src 'none'"
MEGABYTES_MAX = SIZE_BYTES_MAX // 1024**2


class FilesInput(forms.FileInput):
    """Several files at once."""

    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[Any]:
        """All of them, not only the last."""
        return list(files.getlist(name))


class FilesField(forms.FileField):
    """Some files, or none: (name, bytes) each. What is in them is asked of the rule, not here."""

    def __init__(self, **options: Any) -> None:
        accept = ",".join(f".{extension}" for extension in BY_EXTENSION)
        options.setdefault(
            "help_text", f"{ACCEPTED}; up to {MEGABYTES_MAX} MB each. Viruses are not looked for."
        )
        super().__init__(required=False, widget=FilesInput(attrs={"accept": accept}), **options)

    def clean(self, data: Any, initial: Any = None) -> list[tuple[str, bytes]]:
        """Read no more of a file than shows that it is too large."""
        given: Sequence[UploadedFile[Any]] = data or []
        return [(file.name or "", file.read(SIZE_BYTES_MAX + 1)) for file in given]


def download(kept: StoredFile) -> HttpResponse:
    """``kept`` as an attachment under its cleaned name. Whoever calls this asked whether it may be seen."""
    return attachment(kept.name, stored_files.content_of(kept), media_type=kept.media_type)


def attachment(name: str, content: bytes, *, media_type: str) -> HttpResponse:
    """``content`` as an attachment that nothing opens in line."""
    headers = {
        "Content-Disposition": content_disposition_header(True, name) or "attachment",
        "Content-Security-Policy": SANDBOX,
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
        "Cross-Origin-Resource-Policy": "same-origin",
    }
    return HttpResponse(content, content_type=media_type, headers=headers)
