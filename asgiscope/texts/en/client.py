"""What is wrong with a client's steps, in English, by the code of the mistake."""

from __future__ import annotations

from typing import Final

NOTHING: Final = "nothing"  # a value that is None
# What a sentence adds where there is such a value; it says ``{and_nearest}`` and so on.
SENTENCES: Final[dict[str, str]] = {
    "nearest": "; did you mean '{nearest}'?",
    "known": "; known: {known}",
    "quoted": ', write it in quotes: "{quoted}"',
}

MISTAKES: Final[dict[str, str]] = {
    "client-empty": "the client is empty: give at least one step, such as a request",
    "client-name": "a client's name has characters that cannot be seen, found {found}",
    "steps-form": "the steps must be a list, found {found}",
    "steps-none": "there are no steps; give at least one request",
    "step-form": 'a step is a dict of one key, such as {{"request": "GET /"}}; found {found}',
    "step-unknown": "there is no step '{found}'{and_nearest}{and_known}",
    "body-place": "a body comes after a request, before its end",
    "body-twice": "the request has a body of its own already",
    "message-place": "a WebSocket message comes after connect",
    "connection-none": "there is no connection yet; begin with a request or connect",
    "client-left": "the client has left in the step before",
    "websocket-twice": "a WebSocket is one client's; give the next a name of its own",
    "startup-place": "startup comes before every request",
    "shutdown-place": "shutdown comes after every request",
    "lifespan-alone": "startup and shutdown belong to a client of their own",
    "lifespan-name": "the client of startup and shutdown is named '{name}'",
    "request-none": "nothing is requested; add a request or connect",
    "request-form": "a request is a line such as 'GET /path' or a dict of its parts",
    "request-key": "a request has no '{found}'{and_nearest}{and_known}",
    "connect-key": "connect has no '{found}'{and_nearest}{and_known}",
    "method": "the method is a word such as 'GET', found {found}",
    "path": "the path begins with '/', found {found}",
    "headers": "headers are a dict or a list of pairs of strings, found {found}",
    "subprotocols": "subprotocols are a list of words, found {found}",
    "text": "text is a string, found {found}",
    "bytes": 'bytes are text, {{"hex": "00ff"}}, {{"base64": "AP8="}} or {{"repeat": "x", "times": 9}}; found {found}',
    "close-form": 'close is true or {{"code": 1000, "reason": "..."}}; found {found}',
    "close-code": "a close code is a number from 1000 to 4999, found {found}",
    "close-reason": "a reason is a string, found {found}",
    "wait": "a wait is a number from 0 up, found {found}",
    "rate": "the rate is a number from 0 up, found {found}",
    "read-form": 'read is {{"rate": bytes a second, or null}}; found {found}',
    "flag": "write {name}: true; found {found}",
    "state": "write state: false, or leave it out; found {found}",
    "startup-form": 'startup is true or {{"state": false}}; found {found}',
    "one-of": "expected one of {allowed}; found {found}{and_quoted}",
    "extension-unknown": "there is no extension '{found}'{and_nearest}{and_known}",
    "extension-form": "{extension} must be a dict, found {found}",
    "extension-key": "{extension} has no key '{found}'{and_nearest}{and_known}",
    "extension-value": "{key} of {extension} must be {type}, found {found}",
    "step-real": "{name} is for a real server: run with server 'uvicorn', 'hypercorn' or 'gunicorn'",
    "request-no-http": "this is no HTTP request: {found}; send such bytes by a raw step",
    "server-form": 'the server is a name, or a dict such as {{"name": "uvicorn", "timeout_keep_alive": 5}}; found {found}',
    "server-unknown": "there is no server '{found}'{and_nearest}{and_known}",
    "server-missing": '{server} is not installed; pip install "{extra}"',
    "server-inside": "{server} {version} is not as this engine knows it inside: {found}",
    "server-option": "{server} has no option '{found}'{and_nearest}{and_known}",
    "server-value": "{server} does not take its options: {found}",
    "server-decides": "{server} decides {name} by itself, or by its options; leave it out",
    "server-step": "{server} cannot take this here: {name}",
}
