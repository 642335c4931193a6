"""Wire shapes of replies, and nothing else."""
