"""Virtual time: the event loop, threads, locks and ``time``, and what stops code without an end."""
