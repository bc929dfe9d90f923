"""The language: policy files and core values, and everything that is said about them.

For the floors above, this is the whole door::

    document = read(Path("policies/photoprism.yaml"))     # or the text itself; raises PolicyErrors
    stored = freeze(document).source.data                 # plain JSON data, holidays as dates
    document = read_data(stored)
    terms = bind(document, subscription({"plan": "gold"}))   # raises UnusableInputError

`PolicyErrors.problems` is a list of `Problem` with line, column, path, code and message.
"""

from duly.policy.bind.holidays import freeze
from duly.policy.bind.own_calendar import OwnCalendar, customers_calendar, own_calendar
from duly.policy.bind.terms import bind
from duly.policy.bind.zone import zone_of
from duly.policy.document.read import Document, read, read_data
from duly.policy.document.subscription import Subscription, subscription
from duly.policy.problems import NotGivenError, PolicyErrors, Problem, UnusableInputError

__all__ = [
    "Document",
    "NotGivenError",
    "OwnCalendar",
    "PolicyErrors",
    "Problem",
    "Subscription",
    "UnusableInputError",
    "bind",
    "customers_calendar",
    "freeze",
    "own_calendar",
    "read",
    "read_data",
    "subscription",
    "zone_of",
]
