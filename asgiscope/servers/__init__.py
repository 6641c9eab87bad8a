"""Real servers' own code, driven over a wire in memory and in virtual time: an extra."""
