"""Our REST API under /api/v1: what the pages show and do, for scripts and the command line."""

from web.api import objections as objections  # its routes are on the blueprint of the others
