"""The emulated services: a GitHub and a Jira Cloud with real git behind them, for many sites on one port.

Imports nothing else of the house: "real or emulated" is a base URL and nothing else. Inside, from high to low:
`server` → `integration` → `github` | `jira` → `gitserver` → `kit`.
"""
