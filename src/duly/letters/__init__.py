"""Letters: what the desk writes to people, as mails in their language and zone, and examples of each."""
