"""Charts: drawn on the server as SVG, each with its numbers in a table beneath."""
