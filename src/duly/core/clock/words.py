"""The words that events say to clocks, and which of them meet a clock (contract, section 5, table of cycles).

A mark's word is its name. The others are `replied` (a public message by an agent), `updated`, `resolved`, `closed`,
`prioritised` (by an agent) and `lowered` (the priority became less urgent).
"""

from collections.abc import Mapping

from duly.core.clock.values import Kind

OPENED = "opened"
REPLIED = "replied"
UPDATED = "updated"
RESOLVED = "resolved"
CLOSED = "closed"
PRIORITISED = "prioritised"
LOWERED = "lowered"

_RESPONSE = frozenset({REPLIED, RESOLVED})

MET_BY: Mapping[Kind, frozenset[str]] = {
    Kind.FIRST_RESPONSE: _RESPONSE,
    Kind.NEXT_RESPONSE: _RESPONSE,
    Kind.UPDATE: frozenset({REPLIED, UPDATED, RESOLVED}),
    Kind.WORKAROUND: frozenset({"workaround", RESOLVED}),
    Kind.RESOLUTION: frozenset({RESOLVED}),
    Kind.ROOT_CAUSE: frozenset({"root_cause"}),
    Kind.ESCALATION: _RESPONSE,
}
"""What meets a clock of each kind, unless its cell has a `met_by` of its own."""

BY_AGENT_ONLY = (Kind.FIRST_RESPONSE, Kind.NEXT_RESPONSE, Kind.UPDATE, Kind.ESCALATION)
"""Kinds that only an agent's resolving meets; a resolving by anybody else leaves nothing to answer and voids them."""

RESPONSES = (Kind.FIRST_RESPONSE, Kind.NEXT_RESPONSE)
"""Answers to the customer: what was answered is not owed again, what nobody answered is owed again at a reopening."""
