"""Asks the identity provider: where its pages are, what a code is worth, and whether its word is its own."""

import base64
import json
import urllib.error
import urllib.parse
import urllib.request
from functools import lru_cache
from typing import Any

import jwt
from django.core.cache import cache

from collections_app.lib.refusals import Refused
from collections_app.people.sign_on_rules import CLOCKS_DIFFER_SECONDS, Provider, is_safe

SECONDS = 10
BYTES_MAX = 1_000_000
KEPT_SECONDS = 3600
NOT_REACHED_SECONDS = 30
# Asymmetric ones only: a word that is signed with what we share could be our own.
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
NEEDED = ("authorization_endpoint", "token_endpoint", "jwks_uri")


def places_of(provider: Provider) -> dict[str, str]:
    """Where its pages are, as it tells itself; remembered for an hour. That it was not reached is remembered
    for half a minute, so that strangers keep no worker of ours waiting for it. Raises ``Refused``.
    """
    key, silent = f"sign-on:{provider.issuer}", f"sign-on-silent:{provider.issuer}"
    known: dict[str, str] | None = cache.get(key)
    if known is None:
        # Noted before it is asked: whoever comes meanwhile does not wait beside.
        if not cache.add(silent, True, NOT_REACHED_SECONDS):
            raise _refused("It was not reached a moment ago.")
        told = _asked(urllib.request.Request(f"{provider.issuer}/.well-known/openid-configuration"))
        known = {name: str(told.get(name, "")) for name in NEEDED}
        if told.get("issuer") != provider.issuer or not all(map(is_safe, known.values())):
            raise _refused("It does not tell its places as it should.")
        cache.set(key, known, KEPT_SECONDS)
        cache.delete(silent)
    return known


def claims_for(provider: Provider, *, code: str, verifier: str, back: str) -> dict[str, Any]:
    """What it says of whom it sent back with ``code``: signed by it, for us, and not over. Raises
    ``Refused``.
    """
    places = places_of(provider)
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": back,
        "code_verifier": verifier,
    }
    secret = ":".join(map(urllib.parse.quote_plus, (provider.client_id, provider.client_secret)))
    request = urllib.request.Request(
        places["token_endpoint"],
        data=urllib.parse.urlencode(form).encode(),
        headers={"Authorization": f"Basic {base64.b64encode(secret.encode()).decode()}"},
    )
    word = str(_asked(request).get("id_token", ""))
    try:
        key = _keys(places["jwks_uri"]).get_signing_key_from_jwt(word)
        claims: dict[str, Any] = jwt.decode(
            word,
            key.key,
            algorithms=ALGORITHMS,
            audience=provider.client_id,
            issuer=provider.issuer,
            leeway=CLOCKS_DIFFER_SECONDS,
            options={"require": ["exp", "iat", "aud", "iss", "sub"]},
        )
    except jwt.PyJWTError as wrong:
        raise _refused(str(wrong)) from wrong
    return claims


@lru_cache(4)
def _keys(address: str) -> jwt.PyJWKClient:
    """Its keys; a new one is asked for when a word names it."""
    return jwt.PyJWKClient(address, timeout=SECONDS)


class _Stays(urllib.request.HTTPRedirectHandler):
    """Nobody is led elsewhere: secrets go along."""

    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


def _asked(request: urllib.request.Request) -> dict[str, Any]:
    try:
        with urllib.request.build_opener(_Stays).open(request, timeout=SECONDS) as answer:
            told = json.loads(answer.read(BYTES_MAX))
    except (OSError, ValueError, urllib.error.URLError) as wrong:
        raise _refused(str(wrong)) from wrong
    if not isinstance(told, dict):
        raise _refused("It does not answer as it should.")
    return told


def _refused(why: str) -> Refused:
    return Refused.because("provider", why)
