"""What people read about work that failed; the log has all of it."""

from collections_app.lib.refusals import Refused

LETTERS_MAX = 500


def sentence(error: Exception) -> str:
    """The first problem of a refusal and how many there are more, else the first line of the error."""
    if isinstance(error, Refused):
        others = len(error.problems) - 1
        text = error.problems[0].message + (f" And {others:,} more." if others else "")
    else:
        text = f"{type(error).__name__}: {(str(error).strip() or 'no reason was given').splitlines()[0]}"
    return text[:LETTERS_MAX]
