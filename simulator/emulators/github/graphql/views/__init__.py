"""One class for each type of the schema: attributes are its fields in snake case, methods are fields with arguments."""
