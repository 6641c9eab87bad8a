"""The two ways to run an app: a callable that is at hand, or source text."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from types import CodeType, ModuleType
from typing import TYPE_CHECKING, Any, Final, overload

from .client.scripts import read_clients
from .client.step_values import READERS, Reader
from .client.steps import ClientError
from .client.steps import Clients as Scripts
from .clock.budget import Limits, OverBudget
from .clock.install import install
from .clock.loop import OutsideAnyLoop, VirtualLoop
from .clock.loop_guard import JUMPS, LoopGuard, codes_of, codes_of_app, guarded
from .clock.time_calls import VirtualTime
from .clock.watchdog import unwatch, watch
from .protocol.explain import explanation_data
from .protocol.findings import Problem
from .protocol.names import name_of_type
from .server.server import Server
from .trace.output import RecordedOutput
from .trace.recorder import Recorder
from .trace.summary import labels
from .trace.trace import Trace
from .trace.values import dump

if TYPE_CHECKING:
    from .client_types import Chosen, Clients, HttpStep, LifespanStep, WebSocketStep
    from .trace.outcomes import HttpOutcome, LifespanOutcome, WebSocketOutcome

MakeServer = Callable[[Any, Scripts, Recorder, VirtualLoop], Server]

LIMITS: Final = Limits()
PAGE_LIMITS: Final = Limits(turns=20_000, seconds=3_600.0, events=1_000)


@overload
def run(
    app: Any,
    client: Sequence[LifespanStep],
    *,
    source: str | None = None,
    limits: Limits | None = None,
    server: Chosen = "mock",
) -> Trace[LifespanOutcome]: ...
@overload
def run(
    app: Any,
    client: Sequence[HttpStep],
    *,
    source: str | None = None,
    limits: Limits | None = None,
    server: Chosen = "mock",
) -> Trace[HttpOutcome]: ...
@overload
def run(
    app: Any,
    client: Sequence[WebSocketStep],
    *,
    source: str | None = None,
    limits: Limits | None = None,
    server: Chosen = "mock",
) -> Trace[WebSocketOutcome]: ...
@overload
def run(
    app: Any,
    client: Clients,
    *,
    source: str | None = None,
    limits: Limits | None = None,
    server: Chosen = "mock",
) -> Trace[Any]: ...
def run(
    app: Any,
    client: Any,
    *,
    source: str | None = None,
    limits: Limits | None = None,
    server: Chosen = "mock",
) -> Trace[Any]:
    """Drive an ASGI app by the steps of a client and return everything that was seen.

    ``client`` is a list of steps, such as ``[{"request": "GET /"}]``, or several lists by client
    name, which run together in one event loop. Nothing the app does raises here: it is in the
    trace. ``source`` is the file whose lines the trace names; by default, the one in which the
    app is defined, or else the caller's. Times are virtual seconds.

    ``server`` is "mock", or a real one whose own code is to run the app over a wire in memory:
    "uvicorn", "hypercorn" or "gunicorn" (``pip install "asgiscope[servers]"``), or a dict of its
    name and its own options, such as ``{"name": "uvicorn", "timeout_keep_alive": 2}``. The trace
    has the bytes of the wire then, and findings say what this server did.

    Raises :class:`asgiscope.ClientError` when the steps are wrong, naming the step, and when there
    is no such server or option.
    """
    make, readers = (Server, READERS) if server == "mock" else _real(server)
    clients = read_clients(client, readers)
    if source is None:
        source = _file_of(app) or sys._getframe(1).f_code.co_filename
    with _recording(source, limits or LIMITS) as (recorder, loop):
        _serve(app, clients, recorder, loop, codes_of_app(app), make)
    return recorder.trace


def run_source(
    text: str, client: Any, filename: str, name: str = "app", server: Chosen = "mock"
) -> Trace[Any]:
    """Load source text that defines an app, and drive it as :func:`run` does.

    What the text does wrong while it loads is in the trace too (rule ``app-import``). The limits
    are those of a page of documentation.
    """
    make, readers = (Server, READERS) if server == "mock" else _real(server)
    clients = read_clients(client, readers)
    recording = _recording(filename, PAGE_LIMITS)
    with recording as (recorder, loop), _module(filename) as module:
        try:
            code = compile(text, filename, "exec")
            app = _load(code, module, name, recorder)
        except (Exception, SystemExit, OverBudget, KeyboardInterrupt) as error:
            if isinstance(error, KeyboardInterrupt) and not loop.over:
                raise
            _report_loading(recorder, error, name)
        else:
            _serve(app, clients, recorder, loop, list(codes_of(code)), make)
    return recorder.trace


def play(text: str, client: Any, filename: str, server: Chosen = "mock") -> str:
    """Run source text; return canonical JSON: an object with ``trace``, ``texts`` and ``labels``.

    ``server`` is that of :func:`run`.

    ``texts`` has the words for each finding, in the order of the findings, by language; ``labels``
    has by language what a figure writes at each event, in the order of the events. Where the
    steps are wrong nothing runs, and the text is ``{"client_error": {"client", "step", "code",
    "values"}}``, as :class:`asgiscope.ClientError` has them.
    """
    try:
        trace = run_source(text, client, filename, server=server)
    except ClientError as error:
        return client_error(error)
    return played(trace, explanations(trace))


def played(trace: Trace[Any], texts: list[dict[str, dict[str, str]]]) -> str:
    """What :func:`play` returns of a run, with these words for its findings."""
    return dump({"trace": trace.as_data(), "texts": texts, "labels": labels(trace)})


def client_error(error: ClientError) -> str:
    """What :func:`play` returns where the steps are wrong."""
    about = {"client": error.client, "step": error.step}
    return dump({"client_error": {**about, "code": error.code, "values": dict(error.values)}})


def explanations(trace: Trace[Any]) -> list[dict[str, dict[str, str]]]:
    return [explanation_data(finding) for finding in trace.findings]


def _load(code: CodeType, module: ModuleType, name: str, recorder: Recorder) -> Any:
    with guarded(LoopGuard(JUMPS, recorder.over_budget), list(codes_of(code))):
        exec(code, module.__dict__)
    return getattr(module, name)


def _serve(
    app: Any,
    clients: Scripts,
    recorder: Recorder,
    loop: VirtualLoop,
    codes: Sequence[CodeType],
    make: MakeServer,
) -> None:
    """Run the server with the app's endless loops stopped."""
    guard = LoopGuard(JUMPS, recorder.over_budget)
    if codes:
        loop.on_turn = guard.reset
    with guarded(guard, codes):
        make(app, clients, recorder, loop).run()


def _real(server: Chosen) -> tuple[MakeServer, Mapping[str, Reader]]:
    """How to make a real server, and the steps that it takes."""
    from .servers.choice import read_server, readers_for  # an extra, which few runs need

    adapter = read_server(server)
    if adapter is None:
        return Server, READERS
    from .servers.real_server import RealServer

    return partial(RealServer, adapter), readers_for(adapter)


@contextmanager
def _recording(source: str, limits: Limits) -> Iterator[tuple[Recorder, VirtualLoop]]:
    """What a run writes into, with time, threads and output made virtual."""
    install()
    with OutsideAnyLoop():
        loop = VirtualLoop(limits.turns, limits.seconds, limits.real)
        recorder = Recorder(loop, source, limits.events)
        try:
            with VirtualTime(loop, recorder.blocking) as run, RecordedOutput(recorder):
                loop.execute = run.execute
                run.on_rule = recorder.say
                run.line_of_start = recorder.line_of_caller
                run.stands_at = recorder.stands_at
                loop.waits.on_files = lambda: recorder.say("engine-real-time", what="socket, pipe")
                run.on_measured = recorder.measure
                watched = watch(run, limits.real)
                try:
                    yield recorder, loop
                finally:
                    run.close()
                    unwatch(watched)
        finally:
            loop.close()


@contextmanager
def _module(filename: str) -> Iterator[ModuleType]:
    """A module to load source into, importable by its own code for the time of a run."""
    name = "asgiscope_app"
    module = ModuleType(name)
    module.__file__ = filename
    before = sys.modules.get(name)
    sys.modules[name] = module
    try:
        yield module
    finally:
        if before is None:
            del sys.modules[name]
        else:
            sys.modules[name] = before


def _report_loading(recorder: Recorder, error: BaseException, name: str) -> None:
    line = recorder.line_of_error(error)
    kind, text = name_of_type(error), str(error)
    if isinstance(error, (OverBudget, KeyboardInterrupt)):
        kind, text = "OverBudget", "a loop that never ends"
    if isinstance(error, SyntaxError):
        text = error.msg
    if isinstance(error, AttributeError) and error.name == name:
        kind, text = "AttributeError", f"the code defines no {name!r}"
    event = recorder.add("", "app", "server", "raise", {"exception": kind, "text": text}, line)
    recorder.find([Problem("app-import", {"exception": f"{kind}: {text}"})], "", event, line)
    recorder.close()


def _file_of(app: Any) -> str | None:
    """The file of the code that a plain function or method is made of; of nothing else.

    An object of a framework is defined far from the app's own code.
    """
    code = getattr(app, "__code__", None)
    if code is None:
        call = getattr(type(app), "__call__", None)  # noqa: B004 - its code is wanted, not a yes
        code = getattr(call, "__code__", None)
        if code is not None and "site-packages" in code.co_filename:
            return None
    return getattr(code, "co_filename", None)


__all__ = ["client_error", "explanations", "play", "played", "run", "run_source"]
