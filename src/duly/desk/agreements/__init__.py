"""What was agreed: policies, subscriptions, and the immutable bindings that name every term."""
