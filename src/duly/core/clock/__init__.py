"""Clocks: what is promised on one ticket and how it stands, folded from its history."""
