"""Whether words to a colleague are as courteous as those to a customer: please, why, by when, thanks. Pure.

Colleagues count too. What is missing, or reads like blame, is told to the writer once and kindly; it is a
question, never a refusal. The lists are data; words between colleagues are English here.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

RULE = "I01"


class Lack(StrEnum):
    """What words to a colleague may be without, or better without."""

    PLEASE = "please"
    REASON = "reason"
    DEADLINE = "deadline"
    THANKS = "thanks"
    BLAME = "blame"


def _words(listed: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{'|'.join(listed.split(' | '))})(?![\w-])", re.IGNORECASE)


_DAYS = "monday|tuesday|wednesday|thursday|friday|saturday|sunday|today|tomorrow|noon"
_MONTHS = r"jan\w*|feb\w*|mar(?:ch)?|apr\w*|may|june?|july?|aug\w*|sep\w*|oct\w*|nov\w*|dec\w*"

# What each is told by: any of these words will do.
TOLD_BY: dict[Lack, re.Pattern[str]] = {
    Lack.PLEASE: _words("please | (?:could|would|can) you(?: kindly)? | would you mind | may i ask"),
    Lack.REASON: _words(
        "because | since | as (?:the|they|we|it|he|she) | so that | in order to | the reason | "
        "the customer (?:says|asks|needs|cannot|wants|disputes|waits|is waiting) | "
        "they (?:need|cannot|wait|say)"
    ),
    Lack.DEADLINE: _words(
        rf"(?:{_DAYS}) | \d{{1,2}}(?:st|nd|rd|th)? (?:of )?(?:{_MONTHS}) | \d{{1,2}}[./]\d{{1,2}} | "
        r"\d{4}-\d{2}-\d{2} | \d{1,2}:\d{2} | (?:within|in) \w+ (?:working )?(?:hours?|days?)"
    ),
    Lack.THANKS: _words("thanks | thank you | grateful | much appreciated"),
}
BLAME = _words(
    "your (?:mistake|fault|failure|error) | you (?:forgot|failed|ignored|never|should have|didn't) | "
    "you (?:were supposed to|did not) | as (?:i|we) (?:already|told you) | yet again | once again you | "
    "(?:for the )?(?:second|third|last|umpteenth) time | still (?:waiting|nothing|have not|haven't) | "
    "unacceptable | careless | sloppy | lazy | useless | incompetent | excuses? | obviously | ridiculous | "
    "how hard can it be | why (?:haven't|have not|didn't|did not) you | asap | immediately | at once"
)

ADVICE: dict[Lack, tuple[str, str]] = {
    Lack.PLEASE: ("There is no “please” in it.", "Begin with “Please …”."),
    Lack.REASON: ("It does not say why.", "Add “because …”: who knows why, does it sooner."),
    Lack.DEADLINE: ("It does not say by when.", "Add a day and a time."),
    Lack.THANKS: ("It does not say thank you.", "End with “Thank you.”"),
    Lack.BLAME: ("reads like blame or pressure.", "Say what is needed and by when, and leave it out."),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """What could be kinder in words to a colleague; ``words`` are theirs where some are to be left out."""

    lack: Lack
    words: str = ""
    rule: str = RULE

    @property
    def sentence(self) -> str:
        """One kind sentence for whoever writes, with what to write instead."""
        what, instead = ADVICE[self.lack]
        return f"“{self.words}” {what} {instead}" if self.words else f"{what} {instead}"


def findings_of(words: str) -> list[Finding]:
    """What ``words`` to a colleague lack, then what they are better without, each once."""
    lacking = [Finding(lack) for lack, told in TOLD_BY.items() if not told.search(words)]
    blaming = {
        match.group().casefold(): Finding(Lack.BLAME, match.group()) for match in BLAME.finditer(words)
    }
    return [*lacking, *blaming.values()]
