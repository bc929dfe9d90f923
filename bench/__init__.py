"""Repeatable measurements; each prints a ratio against its own baseline in the same run."""
