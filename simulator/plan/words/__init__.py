"""What colleagues say where the scenario gives no words: by occasion and tone, several for each."""
