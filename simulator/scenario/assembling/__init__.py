"""A scenario put together before it is judged: parts used from other files, texts of a language, what varies by the seed."""
