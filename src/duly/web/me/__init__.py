"""What everybody sets for themselves, on either side of the desk."""
