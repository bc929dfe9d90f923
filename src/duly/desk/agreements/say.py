"""What the policy layer says, in the reader's language."""

from django.utils.translation import gettext, ngettext

from duly.policy.page.quantities import target_in_words


def say(phrase: str, many: str = "", number: int = 1, /) -> str:
    """Give a phrase, or of two the one for a number."""
    return ngettext(phrase, many, number) if many else gettext(phrase)


def target_words(stated: str) -> str:
    """Say a target; events, files and the API keep it as the policy wrote it."""
    return target_in_words(stated, say)
