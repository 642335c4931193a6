"""What a plan will do on Jira and GitHub, call by call, as changes that one can read before anything is done."""
