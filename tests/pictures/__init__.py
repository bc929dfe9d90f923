"""Pictures of calendars and clocks for the documentation, drawn from what core computes."""
