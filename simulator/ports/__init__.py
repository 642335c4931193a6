"""What the engine asks of Jira-, GitHub- and git-like things: narrow protocols, and the values that cross them.

Refuses to know any client library. `adapters` implements these; tests fake them.
"""

from __future__ import annotations

from simulator.ports.connection import Connection, Observer, Performer
from simulator.ports.contents import Contents
from simulator.ports.forge import Forge
from simulator.ports.git_remote import GitRemote
from simulator.ports.services import Bindings, Credentials, RemarkChoice, Services
from simulator.ports.tracker import Tracker

__all__ = [
    "Bindings",
    "Connection",
    "Contents",
    "Credentials",
    "Forge",
    "GitRemote",
    "Observer",
    "Performer",
    "RemarkChoice",
    "Services",
    "Tracker",
]
