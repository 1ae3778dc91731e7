"""Who is signed in: looked up by every page, so by a query that is written once."""

from django.contrib.auth.backends import ModelBackend

from collections_app.lib.kept_queries import KeptQuery
from collections_app.people.users import User

_BY_ID: KeptQuery[User] = KeptQuery(1, lambda user: User.objects.filter(pk=user))


class Backend(ModelBackend):
    """Checks passwords as Django does."""

    def get_user(self, user_id: int) -> User | None:
        """The user of a session; None for somebody who has left."""
        found = _BY_ID.of(user_id)
        return found[0] if found and self.user_can_authenticate(found[0]) else None
