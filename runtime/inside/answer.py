"""A run as the page asks for it, and its answer: the engine's, with words for what is lacking."""

from __future__ import annotations

import json

from asgiscope.client.steps import ClientError
from asgiscope.protocol.findings import Finding
from asgiscope.running import client_error, explanations, played, run_source
from runtime.inside.lacks import explained


def answer(source: str, client: str, filename: str) -> str:
    """Run source text; ``client`` is JSON. The same JSON as :func:`asgiscope.play` gives.

    Only the words of findings may differ, where the reason is that Python runs in a browser.
    """
    steps = json.loads(client)
    try:
        trace = run_source(source, steps, filename)
    except ClientError as error:
        return client_error(error)
    pairs = zip(trace.findings, explanations(trace), strict=True)
    texts = [explained(words, _exception(finding)) for finding, words in pairs]
    return played(trace, texts)


def _exception(finding: Finding) -> str:
    return str(finding.values.get("exception", ""))
