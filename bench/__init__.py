"""``make bench``: figures, as ratios against peers that run in the same interleaved rounds."""
