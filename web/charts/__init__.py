"""What charts draw, made from the queries' values. Pure; drawing is the browser's."""
