"""What every other part may need of this machine: folders, messages, programs, a browser, fonts."""
