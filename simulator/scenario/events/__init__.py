"""What can happen in a sprint: one event type a file, found by its presence here (registry.py)."""
