"""Who may do what: one file per noun; nothing else answers that question."""
