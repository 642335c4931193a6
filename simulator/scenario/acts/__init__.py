"""What people can be told to do: acts in the feed, on issues and on code; vocabulary.py is the list."""
