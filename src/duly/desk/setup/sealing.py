"""Secrets that an owner types, sealed with the desk's own key: a copy of the database alone opens none."""

import base64

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from duly.desk.errors import NotPossible


def seal(secret: str) -> bytes:
    """Encrypt a secret for a row."""
    return _box().encrypt(secret.encode())


def opened(sealed: bytes) -> str:
    """Decrypt what `seal` made; nothing stays nothing.

    Raises:
        NotPossible: it was sealed with another key.
    """
    if not sealed:
        return ""
    try:
        return _box().decrypt(bytes(sealed)).decode()
    except InvalidToken as error:
        raise NotPossible(
            "A stored password was sealed with another DULY_SECRET_KEY. Type it again."
        ) from error


def _box() -> Fernet:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"duly secrets")
    return Fernet(base64.urlsafe_b64encode(derived.derive(settings.SECRET_KEY.encode())))
