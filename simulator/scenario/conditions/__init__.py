"""What a scenario may wait for: conditions on the history of a run. A file is a kind of condition."""
