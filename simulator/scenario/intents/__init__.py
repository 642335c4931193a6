"""What a scripted learner means to do (`do this issue well`), as ordinary steps; vocabulary.py is the list."""
