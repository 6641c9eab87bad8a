"""What runs in the reader's browser, and how it is built."""
