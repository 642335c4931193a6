"""What webhooks are told: one module for each event, named as the event is, found by its name.

Each has `subject(work, notice, urls)`: what is special to the event. `announce.py` adds action, repository, organization, sender.
"""
