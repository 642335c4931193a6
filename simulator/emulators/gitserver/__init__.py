"""Real git: bare repositories on disk, asked through pygit2 and served by git itself. Knows nothing of GitHub."""
