"""What a client does, as data: its steps, read and checked before anything runs."""
