"""A real run as a persona script: what somebody did, as steps that can be played again."""
