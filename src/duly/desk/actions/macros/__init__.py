"""What can be done with macros."""
