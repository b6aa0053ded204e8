"""A security key as the sign-in package stores one."""

from allauth.mfa.models import Authenticator
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData

ID = websafe_encode(b"a key of a test.")
CLIENT = b'{"type": "webauthn.create", "challenge": "AAAA", "origin": "http://localhost"}'


def make_key(user, name="Laptop") -> Authenticator:
    public = ES256.from_cryptography_key(ec.generate_private_key(ec.SECP256R1()).public_key())
    data = AttestedCredentialData.create(b"\0" * 16, b"a key of a test.", public)
    flags = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.AT
    made = AttestationObject.create("none", AuthenticatorData.create(b"\0" * 32, flags, 0, data), {})
    answer = {"clientDataJSON": websafe_encode(CLIENT), "attestationObject": websafe_encode(made)}
    more = {"type": "public-key", "clientExtensionResults": {"credProps": {"rk": True}}}
    credential = {"id": ID, "rawId": ID, "response": answer} | more
    return Authenticator.objects.create(
        user=user, type=Authenticator.Type.WEBAUTHN, data={"name": name, "credential": credential}
    )
