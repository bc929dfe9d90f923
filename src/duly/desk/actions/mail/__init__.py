"""What can be done with mails that arrived."""
