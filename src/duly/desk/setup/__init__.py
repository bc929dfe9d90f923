"""How the desk itself is run: its audit, sealed day by day, and its sealed secrets."""
