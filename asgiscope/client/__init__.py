"""What a client does, as data, and the peer that does it."""
