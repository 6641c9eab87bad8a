"""The command line: finds the app that is named, drives it, and prints what was seen."""
