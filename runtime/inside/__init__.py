"""What runs in the browser beside the engine, in Pyodide; nothing else imports it but tests."""
