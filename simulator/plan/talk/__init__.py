"""What colleagues answer and say."""
