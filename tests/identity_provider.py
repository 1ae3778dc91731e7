"""A small identity provider on loopback, which signs what it is told to say with a key of its own."""

import base64
import datetime as dt
import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

from collections_app.people.sign_on_rules import Provider

CLIENT, SECRET, KEY_ID, CODE = "workbench", "shared-with-the-provider", "one", "a-code"
SIGNING = rsa.generate_private_key(public_exponent=65537, key_size=2048)
STRANGERS = rsa.generate_private_key(public_exponent=65537, key_size=2048)


class IdentityProvider:
    """What it says of whoever comes, unless a test has it say otherwise."""

    def __init__(self, issuer: str) -> None:
        self.issuer = issuer
        self.challenge = ""
        self.key = SIGNING
        self.claims: dict[str, Any] = {}
        self.codes = {CODE}
        self.told_issuer = issuer

    @property
    def as_setting(self) -> Provider:
        return Provider(self.issuer, CLIENT, SECRET, "Acme")

    def meets(self, asked: dict[str, list[str]], **claims: Any) -> None:
        """Somebody came with ``asked`` in the address and is known as the claims say."""
        now = int(dt.datetime.now(dt.UTC).timestamp())
        usual = {
            "iss": self.issuer,
            "aud": CLIENT,
            "sub": "42",
            "iat": now,
            "exp": now + 300,
            "auth_time": now,
        }
        self.challenge = asked["code_challenge"][0]
        self.claims = {**usual, "nonce": asked["nonce"][0], "email_verified": True, **claims}

    def answer(self, path: str) -> dict[str, Any]:
        places = {"authorization_endpoint": "/enter", "token_endpoint": "/token", "jwks_uri": "/keys"}
        if path == "/.well-known/openid-configuration":
            return {"issuer": self.told_issuer, **{name: self.issuer + at for name, at in places.items()}}
        public = json.loads(RSAAlgorithm.to_jwk(SIGNING.public_key()))
        return {"keys": [{**public, "kid": KEY_ID, "use": "sig", "alg": "RS256"}]}

    def token(self, form: dict[str, list[str]], authorization: str) -> dict[str, Any] | None:
        digest = hashlib.sha256(form["code_verifier"][0].encode()).digest()
        proved = base64.urlsafe_b64encode(digest).decode().rstrip("=") == self.challenge
        known = authorization == "Basic " + base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        code = form["code"][0]
        if not (proved and known and code in self.codes):
            return None
        self.codes.remove(code)
        return {"id_token": jwt.encode(self.claims, self.key, algorithm="RS256", headers={"kid": KEY_ID})}


@contextmanager
def running() -> Iterator[IdentityProvider]:
    """One that answers until the end of the block."""

    class Door(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._send(provider.answer(self.path))

        def do_POST(self) -> None:
            form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
            self._send(provider.token(form, self.headers.get("Authorization", "")))

        def log_message(self, *given: Any) -> None:
            """It is silent."""

        def _send(self, told: dict[str, Any] | None) -> None:
            body = json.dumps(told or {"error": "invalid_grant"}).encode()
            self.send_response(400 if told is None else 200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    provider = IdentityProvider(f"http://127.0.0.1:{server.server_port}")
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield provider
    server.shutdown()
    server.server_close()
    thread.join()
