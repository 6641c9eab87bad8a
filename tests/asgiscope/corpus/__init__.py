"""Apps that are wrong, each in the way it is named after, and apps that are right.

``WRONG`` names the rule that must be found first; ``VALID`` must stay without a finding above the
level of a note. Both are used by the tests and by ``make bench``.
"""

from __future__ import annotations

from .cases import Case
from .valid import VALID
from .wrong_forms import WRONG_FORMS
from .wrong_http import WRONG_HTTP
from .wrong_lifespan import WRONG_LIFESPAN
from .wrong_runs import WRONG_RUNS
from .wrong_websocket import WRONG_WEBSOCKET

WRONG: list[Case] = [
    *WRONG_HTTP,
    *WRONG_WEBSOCKET,
    *WRONG_LIFESPAN,
    *WRONG_FORMS,
    *WRONG_RUNS,
]

__all__ = ["VALID", "WRONG", "Case"]
