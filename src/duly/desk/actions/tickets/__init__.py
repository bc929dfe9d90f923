"""What can be done to tickets."""
