"""Messages of Amazon's SNS, in which SES posts mails: nothing in them is believed before Amazon's signature.

Amazon signs some fields, in this order, each as a line with its name and a line with its value (Amazon SNS Developer
Guide, "Verifying the signatures of Amazon SNS messages").
"""

import re
from base64 import b64decode
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.x509 import load_pem_x509_certificate

from duly.channels.mail_in.fetched import fetched

_CONFIRMATION = ("Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type")
_SIGNED: Mapping[str, tuple[str, ...]] = {
    "Notification": ("Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"),
    "SubscriptionConfirmation": _CONFIRMATION,
    "UnsubscribeConfirmation": _CONFIRMATION,
}
_DIGESTS: Mapping[str, hashes.HashAlgorithm] = {"1": hashes.SHA1(), "2": hashes.SHA256()}  # noqa: S303 - Amazon's
_AMAZONS = re.compile(r"https://sns\.[a-z0-9-]+\.amazonaws\.com(?:\.cn)?/[^\s\\]*\Z")


class NotAmazon(Exception):
    """It is not signed, or by somebody else, or names a server that is not Amazon's."""


def must_be_signed(message: Mapping[str, Any]) -> None:
    """Check the signature, with the certificate at Amazon's own server.

    Raises:
        NotAmazon: it is not there, or wrong.
        NotFetched: the certificate cannot be had now.
    """
    try:
        fields = [name for name in _SIGNED[message["Type"]] if message.get(name) is not None]
        signed = "".join(f"{name}\n{message[name]}\n" for name in fields).encode()
        digest = _DIGESTS[message["SignatureVersion"]]
        signature = b64decode(message["Signature"], validate=True)
        key = _key_at(amazons(message["SigningCertURL"]))
        key.verify(signature, signed, padding.PKCS1v15(), digest)
    except (KeyError, TypeError, ValueError, InvalidSignature) as wrong:
        raise NotAmazon("the message is not signed by Amazon") from wrong


def confirm(message: Mapping[str, Any]) -> None:
    """Tell Amazon that its messages are wanted here; the message is one that is signed.

    Raises:
        NotAmazon: it names a server that is not Amazon's.
        NotFetched: Amazon cannot be told now; it asks again.
    """
    fetched(amazons(str(message["SubscribeURL"])))


def amazons(url: str) -> str:
    """The same address, if it is one of Amazon's SNS.

    Raises:
        NotAmazon: it is not.
    """
    if not _AMAZONS.match(url):
        raise NotAmazon("the message names a server that is not Amazon's")
    return url


@lru_cache(maxsize=16)
def _key_at(url: str) -> RSAPublicKey:
    key = load_pem_x509_certificate(fetched(url).content).public_key()
    if not isinstance(key, RSAPublicKey):
        raise NotAmazon("the certificate is of another kind")
    return key
