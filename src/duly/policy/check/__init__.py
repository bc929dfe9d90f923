"""What is wrong or unwise in a policy: each fault has a code and a function that finds it."""
