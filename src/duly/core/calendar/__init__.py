"""Calendars: what a policy says about open hours, and the local days and instants that follow from it."""
