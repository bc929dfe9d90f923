"""Every model of the desk, gathered from its room so that Django finds it."""

from duly.desk.people.person import Person

__all__ = ["Person"]
