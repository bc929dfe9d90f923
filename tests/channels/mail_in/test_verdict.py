"""A mail is believed only when our own server vouches for the domain in its From."""

import pytest

from duly.channels.mail_in.verdict import Verdict, verdict

US = "mx.vendor.example"
ANN = "ann@customer.example"


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ([f"{US}; dmarc=pass header.from=customer.example"], Verdict.PASSED),
        ([f"{US}; dmarc=pass (p=reject) header.from=customer.example; spf=fail"], Verdict.PASSED),
        ([f"{US.upper()} 1; dmarc=pass header.from=Customer.example"], Verdict.PASSED),
        (
            [f"{US}; dmarc=fail header.from=customer.example; dkim=pass header.d=customer.example"],
            Verdict.FAILED,
        ),
        ([f"{US}; dkim=pass header.d=customer.example header.s=a"], Verdict.PASSED),
        ([f"{US}; spf=pass smtp.mailfrom=bounce@customer.example"], Verdict.PASSED),
        ([f"{US}; dkim=pass header.d=mailer.example"], Verdict.NONE),
        ([f"{US}; dkim=pass header.d=evil-customer.example"], Verdict.NONE),
        ([f"{US}; dmarc=pass header.from=elsewhere.example"], Verdict.NONE),
        ([f"{US}; dmarc=none"], Verdict.NONE),
        ([f"{US}; none"], Verdict.NONE),
        ([], Verdict.NONE),
        (["mx.evil.example; dmarc=pass header.from=customer.example"], Verdict.NONE),
        ([f"{US}; dmarc=fail", f"{US}; dmarc=pass header.from=customer.example"], Verdict.FAILED),
        ([f"{US}; dkim=none (x; dmarc=pass header.from=customer.example)"], Verdict.NONE),
        ([f'{US}; dkim=fail reason="a; dmarc=pass header.from=customer.example b"'], Verdict.NONE),
        ([f'{US}; dkim=fail reason="a; dmarc=pass header.from=customer.example'], Verdict.NONE),
        ([f"{US}; dkim=fail (a; dmarc=pass header.from=customer.example"], Verdict.NONE),
    ],
)
def test_a06_a12_only_the_receiving_servers_word_counts(
    headers: list[str], expected: Verdict
) -> None:
    assert verdict(headers, US, ANN) is expected


def test_without_a_named_server_nobody_vouches() -> None:
    assert verdict(["; dmarc=pass header.from=customer.example"], "", ANN) is Verdict.NONE
