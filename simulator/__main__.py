"""`python -m simulator` is `sprintdojo`."""

from simulator.cli.main import main

if __name__ == "__main__":
    raise SystemExit(main())
