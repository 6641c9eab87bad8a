"""What the Makefile calls. Run each from the project's root: `python -m scripts.NAME`."""
