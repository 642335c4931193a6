"""Where everything meets: the composition root, the engine that closes the loop, and what pages may read."""
