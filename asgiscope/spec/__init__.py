"""The ASGI specification as data: scopes, messages, keys, rules, and the words for them."""

from __future__ import annotations

from .extensions import EXTENSIONS, Extension
from .messages import MESSAGES
from .model import REQUIRED, SPECIFICATION, Key, Message, Rule, Scope
from .rules import RULES
from .scopes import SCOPES

__all__ = [
    "EXTENSIONS",
    "MESSAGES",
    "REQUIRED",
    "RULES",
    "SCOPES",
    "SPECIFICATION",
    "Extension",
    "Key",
    "Message",
    "Rule",
    "Scope",
]
