"""What the bot does with updates: one module per subject."""
