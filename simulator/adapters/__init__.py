"""Doors to the outside: PyGithub, jira and git, for real and emulated services alike. Refuses to decide what happens."""
