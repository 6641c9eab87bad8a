"""The error decoder: finds the message of a server or framework that a pasted text holds."""
