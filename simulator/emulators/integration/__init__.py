"""What needs both services at once: planting a seed in a site, and what the GitHub for Jira app does."""

from simulator.emulators.integration.planting import plant

__all__ = ["plant"]
