"""What people read in a browser: issues, boards, backlogs. Read-only; acts on the state that the API has."""
