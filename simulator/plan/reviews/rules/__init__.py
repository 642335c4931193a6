"""What reviewers look for in a diff: a file is a kind of thing that can stand against it."""
