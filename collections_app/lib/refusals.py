"""How a rule says no: a list of all problems, and the one exception every door catches."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One reason why something may not be done: a stable code and a sentence for the person who tried."""

    code: str
    message: str


class Refused(Exception):
    """A verb was asked to do what its rule does not allow. Carries every problem, not only the first."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(" ".join(problem.message for problem in self.problems))

    @classmethod
    def because(cls, code: str, message: str) -> "Refused":
        """A refusal for one single reason."""
        return cls([Problem(code, message)])
