"""Time: the wall clock, the simulated timeline, the working calendar, the agenda, and the pacer that rings."""
