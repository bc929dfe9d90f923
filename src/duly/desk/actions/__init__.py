"""Every write: one verb is one file, and all that happens to a ticket goes through the door."""
