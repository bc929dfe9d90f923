"""How what must be told reaches people."""
