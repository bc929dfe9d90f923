"""Who must be told what: the outbox, and one delivery per recipient."""
