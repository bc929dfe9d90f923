"""The workspace: what agents see all day."""
