"""Endpoints: each module has a list ROUTES of (method, path, handler); ID in a path is handed to the handler."""
