"""What a run leaves behind: runs, agenda, bindings, facts, scorecards, in SQLite or PostgreSQL. Durable when a call returns."""
