"""Moments: what a learner should live through once, each with what is good and what is a slip. A file is a moment."""
