import re
import tomllib
from pathlib import Path

RULES = tomllib.loads(
    Path(__file__).with_name("rules.toml").read_text("utf-8")
)
HEADERS: dict[str, str] = RULES["headers"]


def content_type(path: str) -> str:
    extension = path.rpartition(".")[2]
    unknown = "application/octet-stream"
    return str(RULES["types"].get(extension, unknown))


def cache_control(path: str) -> str:
    for rule in RULES["caching"]:
        if re.search(rule["pattern"], path):
            return str(rule["value"])
    raise LookupError(f"rules.toml: no [[caching]] for {path}")
