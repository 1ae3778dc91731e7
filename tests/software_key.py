"""A passkey in software, which answers as a test wants: rightly, or with one thing wrong."""

import hashlib
import json
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import Aaguid, AttestedCredentialData, AuthenticatorData

SITE = "testserver"


@dataclass
class SoftwareKey:
    """One key with its number."""

    number: bytes = b"a-key-in-software"
    private: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )

    @property
    def credential(self) -> bytes:
        """What is kept of it."""
        public = ES256.from_cryptography_key(self.private.public_key())  # type: ignore[no-untyped-call]
        return bytes(AttestedCredentialData.create(Aaguid.NONE, self.number, public))

    def answer(
        self,
        challenge: str,
        *,
        origin: str = f"https://{SITE}",
        site: str = SITE,
        kind: str = "webauthn.get",
        flags: AuthenticatorData.FLAG = AuthenticatorData.FLAG.UP,
        **wrong: Any,
    ) -> str:
        """What a browser sends; ``wrong`` stands in the place of a part of it."""
        said = json.dumps({"type": kind, "challenge": challenge, "origin": origin}).encode()
        shown = bytes(AuthenticatorData.create(hashlib.sha256(site.encode()).digest(), flags, 1))
        signature = self.private.sign(shown + hashlib.sha256(said).digest(), ec.ECDSA(hashes.SHA256()))
        parts = {
            "clientDataJSON": websafe_encode(said),
            "authenticatorData": websafe_encode(shown),
            "signature": websafe_encode(signature),
            **wrong,
        }
        number = websafe_encode(self.number)
        return json.dumps({"id": number, "rawId": number, "type": "public-key", "response": parts})
