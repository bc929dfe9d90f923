"""Duly, a support desk that keeps its word: the published support policy is the program."""
