"""What the page says itself, a folder a language."""
