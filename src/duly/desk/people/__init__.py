"""Who takes part: people, their organisations, their teams, and the roles that give rights."""
