"""The words that Duly puts around a policy on its page, in the reader's language; the policy's own stay as they are."""

import re

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

LABELS = frozenset(
    {
        gettext_noop("Provider"),
        gettext_noop("Version"),
        gettext_noop("In force from"),
        gettext_noop("Changes"),
        gettext_noop("Means"),
        gettext_noop("When none is named"),
        gettext_noop("Hours"),
        gettext_noop("Add-ons"),
        gettext_noop("Escalation"),
        gettext_noop("What a report must tell"),
        gettext_noop("What is not known"),
        gettext_noop("Marks"),
        gettext_noop("Included"),
        gettext_noop("Not covered"),
        gettext_noop("What words mean"),
        gettext_noop("Wording"),
        gettext_noop("Remedies"),
        gettext_noop("Versions and their life"),
        gettext_noop("About prices"),
        gettext_noop("Options"),
        gettext_noop("Further terms"),
        gettext_noop("Price"),
        gettext_noop("Priority"),
        gettext_noop("Priority set by"),
        gettext_noop("Named contacts"),
        gettext_noop("Required of the customer"),
        gettext_noop("Notices"),
        gettext_noop("Served before"),
        gettext_noop("Uptime"),
        gettext_noop("Credit"),
        gettext_noop("How it is counted"),
        gettext_noop("Rule"),
        gettext_noop("Value"),
        gettext_noop("A business day"),
        gettext_noop("A report outside hours"),
        gettext_noop("Clocks pause while waiting for"),
        gettext_noop("After a change of priority"),
        gettext_noop("After a reopening"),
        gettext_noop("First response"),
        gettext_noop("Next response"),
        gettext_noop("Updates"),
        gettext_noop("Workaround"),
        gettext_noop("Resolution"),
        gettext_noop("Root cause"),
        gettext_noop("Incidents"),
        gettext_noop("Guidance"),
        gettext_noop("recovered"),
        gettext_noop("inferred"),
        gettext_noop("unknown"),
        gettext_noop("default"),
        gettext_noop("not stated"),
        gettext_noop("not defined"),
        gettext_noop("no promise"),
        gettext_noop("No response or resolution time is promised."),
        gettext_noop("taken from another public page of the provider"),
        gettext_noop("our reading; the provider does not say it so"),
        gettext_noop("not known: the published pages do not say"),
        gettext_noop("Duly's own rule, because the policy does not say"),
    }
)
FRAMES = (
    (
        re.compile(r"(?P<what>.+): what each level means"),
        gettext_noop("%(what)s: what each level means"),
    ),
    (re.compile(r"Hours for (?P<what>.+)"), gettext_noop("Hours for %(what)s")),
    (re.compile(r"(?P<what>.+) is promised as"), gettext_noop("%(what)s is promised as")),
    (re.compile(r"By (?P<what>.+)"), gettext_noop("By %(what)s")),
)
"""Labels that are made around a word of the policy."""


def policy_word(text: str) -> str:
    """Translate a label of the page; whatever is not one of ours is the policy's and stays."""
    if text in LABELS:
        return _(text)
    for pattern, frame in FRAMES:
        found = pattern.fullmatch(text)
        if found:
            return _(frame) % {"what": policy_word(found["what"])}
    return text
