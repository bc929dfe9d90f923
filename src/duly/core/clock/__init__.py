"""Clocks: what is promised on one ticket and how it stands, folded from its history.

`fold` tells the events that count and lets a `Walk` take them one by one. `rules` has one function for each event,
a `Track` holds the cycles of one kind of clock, `Climb` the escalation levels, `Situation` what is known.
`promise` chooses the cell that applies, and `outcome` says how a cycle stands in the end.
"""
