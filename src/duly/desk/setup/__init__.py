"""How the desk itself is run: its audit."""
