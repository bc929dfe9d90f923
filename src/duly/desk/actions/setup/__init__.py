"""What can be done to the desk as a whole."""
