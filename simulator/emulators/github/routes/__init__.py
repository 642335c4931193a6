"""HTTP: one module for each resource, each with a `blueprint` that the app registers by itself."""
