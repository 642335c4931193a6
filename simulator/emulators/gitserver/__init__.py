"""Git behind the emulated GitHub: smart HTTP, and questions, merges and commits on bare repositories by libgit2."""
