"""What each key of a scope and of a message means, in English: one sentence."""

from __future__ import annotations

from typing import Final

SCOPES: Final[dict[str, dict[str, str]]] = {
    "http": {
        "type": 'Always "http".',
        "asgi": 'Versions: "version" of ASGI itself ("2.0" when missing) and "spec_version" of the'
        ' HTTP and WebSocket format ("2.0" when missing).',
        "http_version": 'The version the request came in: "1.0", "1.1", "2" or "3".',
        "method": "The request method in capitals.",
        "scheme": 'The scheme of the URL, "http" or "https"; never empty.',
        "path": "The path without the query string, percent-encoding and UTF-8 decoded.",
        "raw_path": "The path as it came, not decoded and without the query string; some servers"
        " cannot tell.",
        "query_string": "What follows the question mark, as bytes, still percent-encoded.",
        "root_path": "Where the app is mounted; WSGI calls it SCRIPT_NAME. The path includes it.",
        "headers": "Pairs of name and value in bytes, in the order in which they came, with"
        " duplicates kept; names should be in lower case.",
        "client": "Address and port of the client, or None.",
        "server": "Address and port on which the server listens, or the path of a Unix socket and"
        " None.",
        "state": "A shallow copy of what the app put into the lifespan's state; missing where the"
        " server does not support it.",
        "extensions": "What this server offers beyond the core, by name.",
    },
    "websocket": {
        "type": 'Always "websocket".',
        "asgi": 'Versions: "version" of ASGI itself ("2.0" when missing) and "spec_version" of the'
        ' HTTP and WebSocket format ("2.0" when missing).',
        "http_version": 'The version of the handshake: "1.1" or "2".',
        "scheme": 'The scheme of the URL, "ws" or "wss"; never empty.',
        "path": "The path without the query string, percent-encoding and UTF-8 decoded.",
        "raw_path": "The path as it came, not decoded and without the query string; some servers"
        " cannot tell.",
        "query_string": "What follows the question mark, as bytes, still percent-encoded.",
        "root_path": "Where the app is mounted; WSGI calls it SCRIPT_NAME. The path includes it.",
        "headers": "Pairs of name and value in bytes, as they came with the handshake; names should"
        " be in lower case.",
        "client": "Address and port of the client, or None.",
        "server": "Address and port on which the server listens, or the path of a Unix socket and"
        " None.",
        "subprotocols": "The subprotocols that the client offers; the app may choose one of them.",
        "state": "A shallow copy of what the app put into the lifespan's state; missing where the"
        " server does not support it.",
        "extensions": "What this server offers beyond the core, by name.",
    },
    "lifespan": {
        "type": 'Always "lifespan".',
        "asgi": 'Versions: "version" of ASGI itself and "spec_version" of the lifespan format'
        ' ("1.0" when missing).',
        "state": "An empty dict in which the app may keep what its requests need; missing where"
        " the server does not support it.",
    },
}

MESSAGES: Final[dict[str, str]] = {
    "http.request": "A piece of the request's body, perhaps empty, perhaps all of it.",
    "http.disconnect": "The client has left, or the response is complete.",
    "http.response.start": "The status and the headers; a body message has to follow.",
    "http.response.body": "A piece of the response's body.",
    "http.response.trailers": "Header fields after the body.",
    "http.response.push": "Asks the server to push another resource to an HTTP/2 client.",
    "http.response.zerocopysend": "A part of an open file, which the operating system sends.",
    "http.response.pathsend": "A file by its path, which the server sends.",
    "http.response.early_hint": "Link headers ahead of the response, as status 103.",
    "http.response.debug": "Information for tests, beside the response.",
    "websocket.connect": "A client asks for a connection; accept or close answers it.",
    "websocket.receive": "A whole message from the client, text or bytes.",
    "websocket.disconnect": "The connection is over, whoever ended it.",
    "websocket.accept": "Completes the handshake.",
    "websocket.send": "A message to the client, text or bytes.",
    "websocket.close": "Closes the connection; before accept it denies it with status 403.",
    "websocket.http.response.start": "Denies the handshake with a response of the app's own.",
    "websocket.http.response.body": "The body of that response.",
    "lifespan.startup": "The server is ready to start and waits for the app's answer.",
    "lifespan.shutdown": "The server has stopped serving and waits for the app's answer.",
    "lifespan.startup.complete": "The app is ready; the server may begin to serve.",
    "lifespan.startup.failed": "The app cannot start; the server says why and exits.",
    "lifespan.shutdown.complete": "The app has cleaned up; the server may exit.",
    "lifespan.shutdown.failed": "Cleaning up failed; the server says why and exits.",
}

KEYS: Final[dict[str, str]] = {
    "http.request.body": "This piece of the body.",
    "http.request.more_body": "Whether another piece follows.",
    "http.response.start.status": "The status code.",
    "http.response.start.headers": "Pairs of name and value in bytes; names must be in lower case.",
    "http.response.start.trailers": "Whether trailers will follow the body.",
    "http.response.body.body": "This piece of the body.",
    "http.response.body.more_body": "Whether another piece follows; without it the response ends.",
    "http.response.trailers.headers": "Pairs of name and value in bytes; names must be in lower case.",
    "http.response.trailers.more_trailers": "Whether more trailers follow.",
    "http.response.push.path": "The path of the resource, decoded.",
    "http.response.push.headers": "The headers of the request that the push stands for; names must be in lower case.",
    "http.response.zerocopysend.file": "An open file with a file descriptor of its own.",
    "http.response.zerocopysend.offset": "Where to begin; the file's position when missing.",
    "http.response.zerocopysend.count": "How many bytes; up to the end when missing.",
    "http.response.zerocopysend.more_body": "Whether another piece follows.",
    "http.response.pathsend.path": "The absolute path of the file on the server's machine.",
    "http.response.early_hint.links": "Values of Link headers, in bytes.",
    "http.response.debug.info": "Whatever the framework wants to tell a test.",
    "websocket.receive.bytes": "The message, if it is binary.",
    "websocket.receive.text": "The message, if it is text.",
    "websocket.disconnect.code": "The close code; 1005 when the client gave none.",
    "websocket.disconnect.reason": "The reason that was given, or an empty text.",
    "websocket.accept.subprotocol": "The subprotocol chosen among those offered.",
    "websocket.accept.headers": "Further headers of the handshake's response; names must be in lower case.",
    "websocket.send.bytes": "The message, if it is binary.",
    "websocket.send.text": "The message, if it is text.",
    "websocket.close.code": "The close code.",
    "websocket.close.reason": "Why, for the client to read.",
    "websocket.http.response.start.status": "The status code.",
    "websocket.http.response.start.headers": "Pairs of name and value in bytes; names must be in lower case.",
    "websocket.http.response.body.body": "This piece of the body.",
    "websocket.http.response.body.more_body": "Whether another piece follows.",
    "lifespan.startup.failed.message": "What the server shows as the reason.",
    "lifespan.shutdown.failed.message": "What the server shows as the reason.",
}

EXTENSIONS: Final[dict[str, str]] = {
    "websocket.http.response": "An app may deny a handshake with a response of its own.",
    "http.response.push": "An app may have the server push resources to an HTTP/2 client.",
    "http.response.zerocopysend": "An app may send an open file without copying it into Python.",
    "http.response.pathsend": "An app may send a file by its path.",
    "http.response.early_hint": "An app may announce links before the response.",
    "http.response.trailers": "An app may send header fields after the body.",
    "http.response.debug": "An app may tell a test about itself; not for servers in production.",
    "tls": "The connection is encrypted, and this is what is known of it.",
}

TLS: Final[dict[str, str]] = {
    "server_cert": "The server's certificate as PEM text, or None where it cannot be known.",
    "client_cert_chain": "The client's certificate and those that sign it, as PEM texts.",
    "client_cert_name": "The subject of the client's certificate, written as RFC 4514 says.",
    "client_cert_error": "Why the client's certificate could not be verified, or None.",
    "tls_version": "The number of the TLS version: 0x0303 is 1.2, 0x0304 is 1.3.",
    "cipher_suite": "The number of the cipher suite, two bytes read as one.",
}

# Types that have no short name in Python. The others stay as they are.
TYPES: Final[dict[str, str]] = {
    "headers": "iterable of [bytes, bytes]",
    "iterable of bytes": "iterable of bytes",
    "iterable of str": "iterable of str",
    "file": "open file",
    "host and port": "[str, int | None]",
}
