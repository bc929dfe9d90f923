"""The domain in rows: people, agreements, tickets and their promises, kept in PostgreSQL."""
