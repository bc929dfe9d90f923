"""The `duly policy` commands."""
