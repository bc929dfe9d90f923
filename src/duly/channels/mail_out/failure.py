"""Why a mail could not be handed over."""


class Undeliverable(Exception):
    """A mail was not taken; `permanent` says that trying again is no use.

    A temporary failure may have happened after the server took the mail: the next attempt bears the same
    Message-ID.
    """

    def __init__(self, reason: str, *, permanent: bool) -> None:
        super().__init__(reason)
        self.reason = reason
        self.permanent = permanent
