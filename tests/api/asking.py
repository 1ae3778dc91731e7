"""A machine that asks the API, in few words."""

from typing import Any

from django.test import Client

PROBLEM = "application/problem+json"


class Machine:
    """A client with a token, asking about one company."""

    def __init__(self, token: str, company: str) -> None:
        self.client = Client(raise_request_exception=False)
        self.token, self.company = token, company

    def get(self, path: str, **query: Any) -> Any:
        """GET below the company."""
        return self.client.get(self._at(path), query, headers=self._headers())

    def post(self, path: str, body: Any = None, *, key: str | None = None) -> Any:
        """POST below the company; ``key`` is the idempotency key."""
        headers = self._headers() | ({"Idempotency-Key": key} if key else {})
        content = body if isinstance(body, (str, bytes)) else (body if body is not None else {})
        return self.client.post(self._at(path), content, content_type="application/json", headers=headers)

    def _at(self, path: str) -> str:
        return path if path.startswith("/") else f"/api/v1/companies/{self.company}/{path}"

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"} if self.token else {}


def codes(response: Any) -> list[str]:
    """The codes of the problems that were told."""
    assert response["Content-Type"] == PROBLEM, response.content
    return [each["code"] for each in response.json()["problems"]]
