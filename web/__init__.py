"""The coach: dashboard and REST API. Reads and acts through `simulator.run` only; the tool sites belong to the emulators."""
