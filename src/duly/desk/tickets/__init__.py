"""Tickets: the row, its append-only history, the public messages and the internal notes."""
