"""PostgreSQL as tests use it: the database may be emptied between them."""
