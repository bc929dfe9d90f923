"""A year of open hours as a picture."""
