"""A million random messages through the checks and the state machines."""

from __future__ import annotations

import time

from tests.asgiscope.protocol.test_properties import SEED, sequences

COUNT = 1_000_000


def main() -> None:
    start = time.perf_counter()
    for _ in sequences(COUNT, SEED + 1):
        pass
    seconds = time.perf_counter() - start
    print(f"{COUNT} random messages, all decided, in {seconds:.1f} s (seed {SEED + 1})")
