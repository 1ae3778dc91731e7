"""What is wrong with a file, each fault with its place. Pure."""

from dataclasses import dataclass

from collections_app.intake import limits


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong: the line, the column as the file names it, a stable code, a sentence."""

    line: int
    column: str
    code: str
    message: str


class Faults:
    """All faults are counted; the first ones are kept."""

    def __init__(self) -> None:
        self.kept: list[Fault] = []
        self.count = 0

    def add(self, line: int, column: str, code: str, message: str) -> None:
        """Note one fault; long texts are cut to what a row problem holds."""
        self.count += 1
        if len(self.kept) < limits.PROBLEMS_MAX:
            self.kept.append(Fault(line, column[:200], code, message[:500]))
