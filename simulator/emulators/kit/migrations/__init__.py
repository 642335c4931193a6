"""Migrations of the emulators' tables, applied when a database is opened. Revisions are numbered: 0001, 0002, …"""
