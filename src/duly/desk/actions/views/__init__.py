"""Actions on saved views of the queue."""
