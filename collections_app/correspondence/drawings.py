"""Drawing a document: a layout of ours (``letters/*.typ``), filled with plain texts, becomes a PDF.

The layout reads its data as data, never as markup, reaches neither network nor the fonts of the machine, and
makes the same bytes of the same data on the same day (PDF/A-3b, tagged, so that it can be read aloud and
kept).
"""

import datetime as dt
import json
from functools import cache
from pathlib import Path
from typing import Any, Final

import typst

LETTERS = Path(__file__).parent / "letters"
ARCHIVE: Final = "a-3b"


@cache
def _compiler() -> typst.Compiler:
    return typst.Compiler(
        root=str(LETTERS), font_paths=typst.Fonts(include_system_fonts=False, font_paths=[])
    )


def draw(letter: str, data: dict[str, Any], *, day: dt.date) -> bytes:
    """The PDF of ``letter`` (a file of ``letters`` without its ending) with ``data``, dated ``day``."""
    drawn = _compiler().compile(
        input=str(LETTERS / f"{letter}.typ"),
        format="pdf",
        sys_inputs={"data": json.dumps(data)},
        pdf_standards=ARCHIVE,
        timestamp=int(dt.datetime.combine(day, dt.time(), dt.UTC).timestamp()),
    )
    assert isinstance(drawn, bytes)
    return drawn
