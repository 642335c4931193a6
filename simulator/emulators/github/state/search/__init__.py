"""GitHub's search: a small language of words and qualifiers, and what it finds among issues, repositories, code and people."""
