"""Each request has its own wall (``lib/walls.py``): none before it is known who asks, none when it is over.

Signed-in people are walled in with their session (``signed_in``), connected systems with their token
(``api/entrance.py``), readers of a link with what it opens.
"""

from collections.abc import Callable, Iterator
from typing import cast

from django.http import FileResponse, HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase

from collections_app.lib import walls


class Walling:
    """Stands outside of whoever finds out who asks."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Hand on. What is asked of the database while the answer is on its way is asked behind the wall
        too; a file is whole by then.
        """
        with walls.scope():
            response = self.get_response(request)
            if isinstance(response, StreamingHttpResponse) and not isinstance(response, FileResponse):
                written = cast("Iterator[bytes]", response.streaming_content)
                response.streaming_content = walls.carried(written)
        return response
