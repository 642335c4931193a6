"""A pytest plugin for the tests of other projects: an emulated GitHub and Jira. Importing it costs nothing, using it a server."""
