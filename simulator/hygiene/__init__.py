"""The rule book and the score: a History in, findings and a Scorecard out. Rules do not know one another."""
