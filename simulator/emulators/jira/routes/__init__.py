"""HTTP: parse, ask state, render. Each docstring begins with the address of the vendor's documentation."""
