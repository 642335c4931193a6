"""What the emulated Jira keeps and the rules it keeps it by. Refuses to know HTTP or wire shapes of replies."""
