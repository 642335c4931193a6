"""The nouns of the house: frozen dataclasses over the standard library, known to every other package."""
