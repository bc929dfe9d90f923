"""Pure and complete: what a published policy promises, computed from a history and an instant."""
