"""Sprintdojo's engine: scenario → plan → agenda → adapters → facts → history → rules → findings → scorecard.

The packages, from high to low: `cli` (commands), `run` (where everything meets), `plan`, `adapters`, `activity`,
`hygiene`, `storage`, `emulators` (which never import one another), `scenario`, `timekeeping` and `ports`, `model`,
`errors`. The pages live beside this package, in `web`. See docs/architecture.md.
"""
