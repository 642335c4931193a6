"""JQL compiled to SQL: never a scan in Python."""
