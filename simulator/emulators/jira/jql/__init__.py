"""The query language: text to tree and back. Refuses to know the database; `state.search` compiles the tree."""
