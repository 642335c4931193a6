"""From a scenario to what happens: the compiled plan, colleagues' reactions, scripted learners, and chance with a seed."""
