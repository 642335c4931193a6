"""The scenario language: what may be written in a scenario file, how it is read, and what is said when it is wrong."""
