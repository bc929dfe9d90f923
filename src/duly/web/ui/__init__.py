"""The design system: a folder a component, its style beside its macro."""
