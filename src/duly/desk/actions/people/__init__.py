"""What can be done to people, organisations and teams."""
