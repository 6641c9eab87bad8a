"""What a run leaves behind: events and findings, who records them, and how they are shown."""
