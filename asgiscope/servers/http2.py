"""A client of HTTP/2 by h2, without TLS: it begins with the preface, as agreed before."""

from __future__ import annotations

from typing import Any, Final

from ..client.steps import Close, Connect, Data, Request
from ..server.payloads import header_data, request_data
from ..trace.outcomes import HttpOutcome
from .adapter import inside
from .client_end import ClientEnd, Pairs

with inside("h2"):
    import h2.config
    import h2.connection
    import h2.events
    import h2.exceptions

# Headers of a connection, which HTTP/2 has none of.
_OF_CONNECTION: Final = (b"connection", b"host", b"keep-alive", b"transfer-encoding", b"upgrade")
HINTS: Final = 103


class Http2End(ClientEnd):
    """Requests one after the other, each a stream of the same connection."""

    def __init__(self, *about: Any) -> None:
        super().__init__(*about)
        settings = h2.config.H2Configuration(client_side=True, header_encoding=None)
        self._http = h2.connection.H2Connection(settings)
        self._begun = self._waiting = False
        self._stream = 0
        self._unsent = bytearray()  # what the server's window has no room for
        self._ends = False  # after that the request ends

    @property
    def answered(self) -> bool:
        return not self._waiting

    @property
    def reusable(self) -> bool:
        return not (self.lost or self.ended)

    # From the client ------------------------------------------------------------------------

    def request(self, request: Request) -> None:
        self.begin(HttpOutcome())
        self.record("client", "server", "request", request_data(request))
        if not self._begun:
            self._begun = True
            self._http.initiate_connection()
        self._stream, self._waiting, self._ends = (
            self._http.get_next_available_stream_id(),
            True,
            False,
        )
        empty = not request.streamed and not request.body
        self._http.send_headers(self._stream, _headers(request), end_stream=empty)
        if not request.streamed and not empty:
            self._queue(request.body, True)
        self._flush()

    def body(self, data: bytes, last: bool) -> None:
        if self.lost or not self._waiting:
            return
        self.record("client", "server", "body", {"body": data, "more_body": not last})
        self._queue(data, last)
        self._flush()

    def _queue(self, data: bytes, last: bool) -> None:
        """Send what the window has room for; the rest waits until it is opened."""
        self._unsent += data
        self._ends = last
        while self._unsent:
            room = self._http.local_flow_control_window(self._stream)
            size = min(len(self._unsent), room, self._http.max_outbound_frame_size)
            if size <= 0:
                return
            piece = bytes(self._unsent[:size])
            del self._unsent[:size]
            self._http.send_data(self._stream, piece, end_stream=last and not self._unsent)
            if last and not self._unsent:
                return
        if last:
            self._http.end_stream(self._stream)

    def _flush(self) -> None:
        data = self._http.data_to_send()
        if data:
            self.write(data)

    def open(self, connect: Connect) -> None:
        raise AssertionError("a step over HTTP/2 that was to be refused")

    def say(self, step: Data | Close) -> None:
        raise AssertionError("a step over HTTP/2 that was to be refused")

    def raw(self, data: bytes) -> None:
        self.write(data)

    # From the server ------------------------------------------------------------------------

    def read(self, data: bytes) -> None:
        try:
            events = self._http.receive_data(data)
        except h2.exceptions.ProtocolError:
            self._waiting = False  # the wire shows what it was
            events = []
        for event in events:
            self._take(event)
        self._loop.call_soon(self._flush)

    def _take(self, event: h2.events.Event) -> None:
        if isinstance(event, h2.events.ResponseReceived):
            status, headers = _split(event.headers)
            self.respond("response", status, headers)
        elif isinstance(event, h2.events.InformationalResponseReceived):
            status, headers = _split(event.headers)
            about = {"status": status, "headers": header_data(tuple(headers))}
            kind = "early-hint" if status == HINTS else "response"
            self.record("server", "client", kind, about)
        elif isinstance(event, h2.events.DataReceived):
            self.receive_body(event.data)
            size = event.flow_controlled_length
            self._http.acknowledge_received_data(size, event.stream_id)
        elif isinstance(event, h2.events.TrailersReceived):
            about = {"headers": header_data(tuple(_split(event.headers)[1]))}
            self.record("server", "client", "trailers", about)
        elif isinstance(event, h2.events.PushedStreamReceived):
            pushed = dict(event.headers or ())
            about = {"path": pushed[b":path"].decode("latin-1"), "headers": []}
            self.record("server", "client", "push", about)
        elif isinstance(event, h2.events.StreamEnded) and event.stream_id == self._stream:
            self._waiting = False
            self.complete()
        elif isinstance(event, (h2.events.StreamReset, h2.events.ConnectionTerminated)):
            self._waiting = False
        elif isinstance(event, h2.events.WindowUpdated) and self._unsent:
            self._queue(b"", self._ends)


def _headers(request: Request) -> Pairs:
    known = {name.lower(): value for name, value in request.headers}
    return [
        (b":method", request.method.encode()),
        (b":scheme", request.scheme.encode()),
        (b":authority", known.get(b"host", b"localhost")),
        (b":path", request.target.encode("latin-1")),
        *((n.lower(), v) for n, v in request.headers if n.lower() not in _OF_CONNECTION),
    ]


def _split(headers: Any) -> tuple[int, Pairs]:
    """The status, and the headers without those of HTTP/2 itself."""
    pairs = [(bytes(name), bytes(value)) for name, value in headers]
    status = next((int(value) for name, value in pairs if name == b":status"), 0)
    return status, [pair for pair in pairs if not pair[0].startswith(b":")]
