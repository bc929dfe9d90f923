"""Reads: one file per screen, each gives small frozen values and never a row."""
