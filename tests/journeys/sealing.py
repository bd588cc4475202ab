"""Signing mails as their providers do (DKIM), with keys made for the occasion."""

from __future__ import annotations

import base64
from functools import lru_cache

import dkim
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

SELECTOR = "s1"
USUAL = ("From", "To", "Subject", "Date", "Message-ID")


@lru_cache(maxsize=4)
def _key(domain: str) -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def record(domain: str) -> tuple[str, bytes]:
    """(name, text) of the TXT record that the domain publishes."""
    public = _key(domain).public_key()
    der = public.public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return f"{SELECTOR}._domainkey.{domain}", b"v=DKIM1; k=rsa; p=" + base64.b64encode(der)


def sealed(
    raw: bytes, domain: str, covering: tuple[str, ...] = USUAL, *, length: bool = False
) -> bytes:
    """The mail with the domain's signature on top; with ``length`` its body may grow."""
    private = _key(domain).private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.TraditionalOpenSSL,
        serialization.NoEncryption(),
    )
    signature: bytes = dkim.sign(
        raw,
        SELECTOR.encode(),
        domain.encode(),
        private,
        include_headers=[name.encode() for name in covering],
        length=length,
    )
    return signature + raw
