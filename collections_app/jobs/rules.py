"""What is wrong with an installation, in sentences: tables of what is asked, and what is said of the answers.

``WRONG`` does not work or is not safe; ``LOOK`` works, and somebody should look.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

WRONG, LOOK = "wrong", "look"
SECRET_KEY_LETTERS_MIN = 50
POSTGRES_VERSION_MIN = 15
CLOCKS_DIFFER_SECONDS_MAX = 5
# A task each minute proves that the clock goes; a worker may be busy for some of them.
# For so long whoever wrote something is shown it from the database itself (screens.replica_pages).
REPLICA_SECONDS_MAX = 20.0
CLOCK_SECONDS_MAX = 600
RANDOM_PAGE_COST_MAX = 2.0
NIGHT_HOURS_MAX = 26
WAITING_SECONDS_MAX = 3600
HELD_BACK_DAYS_MAX = 7


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that somebody should know, and what to do about it."""

    level: str
    code: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Installation:
    """The settings that decide whether people are reached and kept safe."""

    is_production: bool
    is_debug: bool
    secret_key_letters: int
    cookies_are_secure: bool
    shows_demo_sign_ins: bool
    site_url: str
    believes_proxy: bool
    mail_leaves: bool
    mail_from: str
    mailbox_codes: frozenset[str]
    webhooks_to_loopback: bool


# What a gap of the wall around companies means, and what to do.
GAPS = {
    "closed": "the role workbench_walled may not read and write there, so pages fail. As their owner run "
    "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO workbench_walled.",
    "no policy": "no wall around companies stands there, or nothing is found: the policy “walled” is gone. "
    "Make it anew as the migration of the table did.",
    "not bound": "row-level security has no effect there, so the wall around companies is missing. Enable it "
    "there; the role workbench_walled must own nothing, be no superuser and have no BYPASSRLS.",
}


def of_settings(found: Installation, *, company_codes: Collection[str]) -> Iterator[Finding]:
    """What the environment says that it should not. A demo is left alone."""
    if unknown := sorted(found.mailbox_codes - set(company_codes)):
        yield Finding(
            WRONG, "mailbox_company",
            f"MAILBOX_URLS names {', '.join(unknown)}, and there is no such company: nobody reads what comes "
            "there.",
        )  # fmt: skip
    if not found.is_production:
        return
    for is_so, level, code, sentence in (
        (found.is_debug, WRONG, "debug", "DEBUG is on: errors show the insides of the product to everybody."),
        (
            found.secret_key_letters < SECRET_KEY_LETTERS_MIN, WRONG, "secret_key",
            f"SECRET_KEY has fewer than {SECRET_KEY_LETTERS_MIN} letters: make a long random one.",
        ),
        (
            not found.cookies_are_secure, WRONG, "cookies",
            "COOKIES_SECURE is off: whoever listens on the way can sign in as somebody else.",
        ),
        (
            found.shows_demo_sign_ins, WRONG, "demo_sign_ins",
            "SHOWS_DEMO_SIGN_INS is on: the sign-in page tells everybody the demo's people.",
        ),
        (
            not found.site_url.startswith("https://"), WRONG, "site_url",
            f"SITE_URL is {found.site_url}: links in letters should begin with https://.",
        ),
        (
            found.site_url.startswith("https://") and not found.believes_proxy, WRONG, "https_proxy",
            "SITE_URL begins with https:// and BEHIND_HTTPS_PROXY is off: pages are sent on to themselves "
            "without end, and everybody counts as one address. Set it to true behind a proxy that sets "
            "X-Forwarded-Proto and X-Forwarded-For itself.",
        ),
        (
            not found.mail_leaves, WRONG, "mail",
            "Mail is kept in a folder and reaches nobody: set EMAIL_URL to a mail server.",
        ),
        (
            found.mail_from.endswith(".example"), WRONG, "mail_from",
            f"MAIL_FROM is {found.mail_from}, an address that nobody has.",
        ),
        (
            found.webhooks_to_loopback, WRONG, "webhooks",
            "WEBHOOKS_TO_LOOPBACK is on: connected systems can reach this machine from inside.",
        ),
        (
            not found.mailbox_codes, LOOK, "mailboxes",
            "MAILBOX_URLS names no mailbox: replies and bounces are read only with read_mailbox.",
        ),
    ):  # fmt: skip
        if is_so:
            yield Finding(level, code, sentence)


def of_replica(*, is_copy: bool, behind_seconds: float) -> Iterator[Finding]:
    """A database that takes writes is no copy; one that is far behind shows managers what was."""
    if not is_copy:
        yield Finding(
            WRONG,
            "replica",
            "DATABASE_REPLICA_URL names a database that is no standby: its reports may be of another ledger.",
        )
    elif behind_seconds > REPLICA_SECONDS_MAX:
        yield Finding(
            LOOK, "replica", f"The copy that reports are read from is {behind_seconds:.0f} seconds behind."
        )


def of_pool(*, user: str, compiles: bool, random_page_cost: float) -> Iterator[Finding]:
    """Behind a pool PostgreSQL is not told with each connection how to plan, so its role has to know."""
    if compiles or random_page_cost > RANDOM_PAGE_COST_MAX:
        yield Finding(
            LOOK, "pool_plans",
            "Behind the pool statements are planned otherwise, and slower: run "
            f"ALTER ROLE {user} SET jit = off and ALTER ROLE {user} SET random_page_cost = 1.1, and have the "
            "pool connect anew.",
        )  # fmt: skip


def of_wall(gaps: Collection[tuple[str, str]]) -> Iterator[Finding]:
    """``gaps``: tables at which the wall around companies does not stand, each with why."""
    for gap, sentence in GAPS.items():
        if tables := sorted(name for name, why in gaps if why == gap):
            yield Finding(WRONG, "wall", f"{', '.join(tables)}: {sentence}")


def of_queues(
    served: Collection[str] | None, *, wanted: Collection[str], clock_seconds: float | None
) -> Iterator[Finding]:
    """``served`` are the queues that workers who answered take tasks of; None when none answered."""
    if served is None:
        yield Finding(WRONG, "workers", "No worker answers: nothing is sent, imported or run by night.")
    elif missing := [name for name in wanted if name not in served]:
        yield Finding(
            WRONG, "queues", f"No worker serves {' and '.join(missing)}: start one with these queues."
        )
    if clock_seconds is None:
        yield Finding(
            LOOK, "clock", "The clock was not heard yet: beat and a worker have to run for a minute first."
        )
    elif clock_seconds > CLOCK_SECONDS_MAX:
        yield Finding(
            WRONG, "clock",
            f"The clock was last heard {_ago(clock_seconds)} ago: beat does not run, or its tasks wait.",
        )  # fmt: skip


def of_nights(ended: Mapping[str, float], missed: Mapping[str, int]) -> Iterator[Finding]:
    """By code of a company: seconds since its newest night ended (-1: none did), and its stages that did not
    get done.
    """
    for code, seconds in sorted(ended.items()):
        if seconds < 0:
            yield Finding(LOOK, "night", f"{code} has had no night yet.")
        elif seconds > NIGHT_HOURS_MAX * 3600:
            yield Finding(WRONG, "night", f"The last night of {code} ended {_ago(seconds)} ago.")
        if count := missed.get(code, 0):
            stages = "stage" if count == 1 else "stages"
            yield Finding(
                WRONG, "night_stages",
                f"In the newest night of {code} {count} {stages} did not get done: Set-up, Nights tells why.",
            )  # fmt: skip


def of_parts(code: str, stage: str, waiting: int, seconds: float) -> Iterator[Finding]:
    """Parts of a stage that was divided so many seconds ago, and that nobody has done yet."""
    if waiting and seconds > WAITING_SECONDS_MAX:
        parts = "part waits" if waiting == 1 else "parts wait"
        yield Finding(
            LOOK, "stage_parts",
            f"Of {stage.replace('_', ' ')} of {code} {waiting} {parts}, for {_ago(seconds)}: start another "
            "worker for the queue night, or run the stage again under Set-up, Nights.",
        )  # fmt: skip


def of_messages(code: str, state: str, number: int, seconds: float) -> Iterator[Finding]:
    """Messages of a company in a state in which they do not stay."""
    some = f"{number} message{'s' if number != 1 else ''} of {code}"
    if not number:
        return
    if state == "uncertain":
        yield Finding(LOOK, "uncertain", f"Of {some} nobody knows whether they left: decide in the outbox.")
    elif state == "failed":
        yield Finding(LOOK, "failed", f"{some} could not be sent: decide in the outbox.")
    elif state in ("queued", "sending") and seconds > WAITING_SECONDS_MAX:
        verb = "is" if number == 1 else "are"
        yield Finding(
            LOOK, "waiting", f"{some} {verb} {state}; the oldest that is due waits for {_ago(seconds)}."
        )
    elif state == "held_back" and seconds > HELD_BACK_DAYS_MAX * 86400:
        yield Finding(LOOK, "held_back", f"{some} are held back, the oldest for {_ago(seconds)}.")


def _ago(seconds: float) -> str:
    for unit, length in (("day", 86400), ("hour", 3600), ("minute", 60)):
        if seconds >= length:
            count = int(seconds // length)
            return f"{count} {unit}{'s' if count != 1 else ''}"
    return f"{int(seconds)} seconds"
