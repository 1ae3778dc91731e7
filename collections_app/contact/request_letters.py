"""Who reads a request, and the letters that are made ready for them."""

from collections.abc import Iterable, Sequence

from collections_app.contact.request_rows import ColleagueRequest
from collections_app.contact.rules.request_words import Reader, Told
from collections_app.correspondence.rules.writing import LINK_SLOT
from collections_app.ledger.companies import Company
from collections_app.people.users import User

# What tells the letters of one request apart, after its cause.
ASKED, RISEN = "asked", "risen"


def told_of(request: ColleagueRequest) -> Told:
    """What its letters say. The request comes with its customer, company and asker."""
    return Told(
        label=str(request),
        words=request.words.replace(LINK_SLOT, ""),
        customer=request.customer.name,
        due_on=request.due_on,
        due_at=request.due_at,
        asker=str(request.asked_by),
        reply_to=request.asked_by.email,
        company=request.company.name,
    )


def at_desks(company: Company, desks: Iterable[str]) -> dict[str, list[User]]:
    """Who works at each of these desks and may see ``company``, by name. One query however many desks."""
    found: dict[str, list[User]] = {}
    wanted = {desk for desk in desks if desk}
    if not wanted:
        return found
    people = User.objects.filter(is_active=True, desk__in=wanted, companies=company).order_by(
        "full_name", "pk"
    )
    for user in people:
        found.setdefault(user.desk, []).append(user)
    return found


def readers_of(request: ColleagueRequest, at_desk: Sequence[User]) -> list[Reader]:
    """Who is written to: those with an address. Others see the request in the product."""
    if request.to_email:
        return [Reader(request.to_name, request.to_email, signs_in=False)]
    people = [request.to_user] if request.to_user else at_desk
    return [reader_of(user) for user in people if user.email]


def reader_of(user: User) -> Reader:
    """A colleague who signs in, as a reader."""
    return Reader(user.full_name, user.email, signs_in=True)


def key(request: ColleagueRequest, what: str, reader: Reader) -> str:
    """The cause of one letter to one reader."""
    return f"{request.cause}{what}:{reader.email}"[:120]
