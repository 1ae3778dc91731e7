"""Whoever sells to a customer does not decide what is let go or given up for them, also as a manager: their
own sales would gain by it. The one spelling of it for orders on hold, write-offs and interest. Pure.
"""

from collections_app.lib.refusals import Problem


def problems_of_seller(sells: bool) -> list[Problem]:
    """Why they do not decide, when ``sells`` says that they sell to the customer."""
    return [Problem("salesperson", "You sell to this customer, so somebody else decides.")] if sells else []
