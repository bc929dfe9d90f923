"""Setting the desk up."""
