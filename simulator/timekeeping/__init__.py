"""Time: the wall clock, the simulated timeline, the working calendar, and the pacer that rings."""
