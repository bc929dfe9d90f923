"""The promises as rows: what a fold of the history answered, kept for queues and reports."""
