"""The revisions of the tables, numbered in order."""
