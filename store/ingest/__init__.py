"""From the seeds folder into the archive."""
