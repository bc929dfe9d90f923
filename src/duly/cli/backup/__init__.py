"""One file that holds a whole desk: made, kept for some nights, and taken back."""
