"""What can be done to policies and subscriptions."""
