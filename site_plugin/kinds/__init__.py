"""One file a kind of fence."""
