"""The archive of what was said: reading it in, keeping it, finding in it."""
