"""Threads of anyio, which Starlette and others use.

Where threads are real, anyio's own code is left as it is. Where there are none, the function that
it would run in one is handed to :mod:`asgiscope.clock.threads` instead, within anyio's own limit of
40. Its backend is imported late, often within a run, so the import itself is waited for.
"""

from __future__ import annotations

import asyncio
import functools
import importlib.util
import sys
from collections.abc import Callable, Sequence
from contextvars import copy_context
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import TYPE_CHECKING, Any, Final

from . import thread_facts
from .here import here
from .pool_workers import Deliver, Pool

if TYPE_CHECKING:
    from .pools import Pools

BACKEND: Final = "anyio._backends._asyncio"


def install_anyio() -> None:
    """Follow anyio's threads: now if its backend is there, or else when it is imported."""
    if BACKEND in sys.modules:
        _follow(sys.modules[BACKEND])
    else:
        sys.meta_path.insert(0, _BackendFinder())


class _BackendFinder(MetaPathFinder):
    """Finds nothing by itself: it lets the others find the backend, and is told of its loading."""

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if name != BACKEND:
            return None
        sys.meta_path.remove(self)
        spec = importlib.util.find_spec(name)
        if spec is not None and spec.loader is not None:
            load = spec.loader.exec_module

            def load_and_follow(module: ModuleType) -> None:
                load(module)
                _follow(module)

            spec.loader.exec_module = load_and_follow  # type: ignore[method-assign]
        return spec


def _follow(module: Any) -> None:
    backend: Any = module.AsyncIOBackend
    real = backend.run_sync_in_worker_thread

    @classmethod  # type: ignore[misc]
    async def run_sync_in_worker_thread(
        cls: Any,
        func: Callable[..., Any],
        args: tuple[Any, ...],
        abandon_on_cancel: bool = False,
        limiter: Any = None,
    ) -> Any:
        place = here()
        if place is None or thread_facts.REAL:
            return await real(func, args, abandon_on_cancel, limiter)
        await asyncio.sleep(0)
        async with limiter or cls.current_default_thread_limiter():
            future = _begin(place.run.open_threads().pools, functools.partial(func, *args))
            with module.CancelScope(shield=not abandon_on_cancel):
                return await future

    backend.run_sync_in_worker_thread = run_sync_in_worker_thread
    _tell_of_full_limiter(module)


def _tell_of_full_limiter(module: Any) -> None:
    limiter: Any = module.CapacityLimiter
    real = limiter.acquire_on_behalf_of

    @functools.wraps(real)
    async def acquire_on_behalf_of(self: Any, borrower: object) -> None:
        place = here()
        if place is not None and self.available_tokens <= 0:
            default = module.AsyncIOBackend.current_default_thread_limiter()
            if self is default:
                place.run.open_threads().pools.tell_full(id(self), self.total_tokens)
        await real(self, borrower)

    limiter.acquire_on_behalf_of = acquire_on_behalf_of


def _begin(pools: Pools, function: Callable[[], Any]) -> asyncio.Future[Any]:
    future = asyncio.get_running_loop().create_future()

    def end(deliver: Deliver) -> None:
        if not future.done():
            deliver(future)

    pools.begin(Pool(1), function, end, copy_context())
    return future
