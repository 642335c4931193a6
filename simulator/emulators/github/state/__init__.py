"""The rules of the emulated GitHub over its tables and repositories. Never sees a request."""
