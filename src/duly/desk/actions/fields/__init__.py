"""What can be done with a desk's own fields."""
