"""The mock server: it opens connections, awaits the app, and says what it did wrong."""
