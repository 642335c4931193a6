"""The commands of `sprintdojo`. Those that act on a run are clients of the server's REST API."""
