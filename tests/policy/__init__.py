"""The language: reading, binding, checks, cases, pages."""
