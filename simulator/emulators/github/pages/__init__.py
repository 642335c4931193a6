"""What people read in a browser: code, commits, pull requests, issues. Read-only; acts on the state that the API has."""
