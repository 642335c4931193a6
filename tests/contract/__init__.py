"""The emulated services through their real clients, every exchange held against the vendors' descriptions."""
