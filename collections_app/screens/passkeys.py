"""Passkeys as browsers speak of them (WebAuthn): what a browser is asked, and whether its answer is right."""

import json
import struct
from collections.abc import Iterable
from typing import Any

from cryptography.exceptions import UnsupportedAlgorithm
from django.http import HttpRequest
from fido2.server import Fido2Server
from fido2.webauthn import (
    AttestedCredentialData,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from collections_app.people.second_factor_rules import ISSUER
from collections_app.people.second_factors import SecondFactor
from collections_app.people.users import User

# Where what was asked of the browser lies until it answers.
ASKED = "passkey_asked"
# What reading a crafted answer raises: the library reads bytes by their place, and trusts each.
UNREADABLE = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    RuntimeError,
    TypeError,
    ValueError,
    struct.error,
    UnsupportedAlgorithm,
)
ANSWER_LETTERS_MAX = 20_000


def to_add(request: HttpRequest, user: User, known: Iterable[SecondFactor]) -> str:
    """What a browser is asked to make a passkey by."""
    options, state = _server(request).register_begin(
        PublicKeyCredentialUserEntity(id=str(user.pk).encode(), name=user.username, display_name=str(user)),
        credentials=_credentials(known),
        resident_key_requirement=ResidentKeyRequirement.DISCOURAGED,
        user_verification=UserVerificationRequirement.PREFERRED,
    )
    request.session[ASKED] = state
    return json.dumps(dict(options.public_key))


def added(request: HttpRequest, answer: str) -> bytes | None:
    """The passkey that the browser made, to be kept; None when the answer is none to what was asked."""
    state = request.session.pop(ASKED, None)
    try:
        found = _server(request).register_complete(state, _read(answer))
    except UNREADABLE:
        return None
    return bytes(found.credential_data) if found.credential_data else None


def to_use(request: HttpRequest, known: Iterable[SecondFactor]) -> str:
    """What a browser is asked to show a passkey by; empty when there is none."""
    credentials = _credentials(known)
    if not credentials:
        return ""
    verification = UserVerificationRequirement.PREFERRED
    options, state = _server(request).authenticate_begin(credentials, user_verification=verification)
    request.session[ASKED] = state
    return json.dumps(dict(options.public_key))


def shown(request: HttpRequest, answer: str, known: Iterable[SecondFactor]) -> SecondFactor | None:
    """The passkey that the browser showed; None when the answer is none to what was asked."""
    passkeys = {bytes(each.credential): each for each in known if each.credential}
    state = request.session.pop(ASKED, None)
    try:
        credentials = [AttestedCredentialData(each) for each in passkeys]
        found = _server(request).authenticate_complete(state, credentials, _read(answer))
    except UNREADABLE:
        return None
    return passkeys[bytes(found)]


def _read(answer: str) -> Any:
    if len(answer) > ANSWER_LETTERS_MAX:
        raise ValueError("no passkey answers at such length")
    return json.loads(answer)


def _server(request: HttpRequest) -> Fido2Server:
    host: Any = request.get_host().partition(":")[0]
    return Fido2Server(PublicKeyCredentialRpEntity(id=host, name=ISSUER))


def _credentials(known: Iterable[SecondFactor]) -> list[AttestedCredentialData]:
    return [AttestedCredentialData(bytes(each.credential)) for each in known if each.credential]
