"""Bodies as GitHub writes them, one module for each resource."""
