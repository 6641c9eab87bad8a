"""The three protocols without I/O: tables of states, the checks of a message, what is wrong."""
