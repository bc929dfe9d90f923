"""How much of one mail is read. What is beyond stays in the raw mail, which is always kept."""

BYTES = 100 * 1024 * 1024
"""A larger mail is kept raw and only its headers are read."""
HEADER_BYTES = 1024 * 1024
DEPTH = 50
PARTS = 1000
RECIPIENTS = 2000
TEXT_CHARACTERS = 2_000_000
SUBJECT_CHARACTERS = 1000
CPU_SECONDS = 2
MEMORY_BYTES = 200 * 1024 * 1024
WALL_SECONDS = 20
