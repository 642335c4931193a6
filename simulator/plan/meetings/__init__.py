"""The meetings of a sprint: what is said and asked there, and what follows from the answers."""
