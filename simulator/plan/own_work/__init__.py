"""What colleagues do about their own pull requests."""
