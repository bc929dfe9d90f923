"""Why a mail could not be handed over."""


class Undeliverable(Exception):
    """A mail was not taken; `permanent` says that trying again is no use, `of_address` that nobody is reached there.

    A temporary failure may have happened after the server took the mail: the next attempt bears the same
    Message-ID.
    """

    def __init__(self, reason: str, *, permanent: bool, of_address: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.permanent = permanent
        self.of_address = of_address
