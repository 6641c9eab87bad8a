"""What axe-core finds wrong in a page as it is now.

Half of axe's time goes to contrast: it asks of every word of every program what it stands on. So
of elements that look alike (colour, size and weight of the letters, and all that is painted behind
them by the elements around) only a few are judged; the answer for the others is the same.
"""

from __future__ import annotations

from playwright.sync_api import Page

from common.places import ROOT

FILE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
COLOURS = ["color-contrast", "link-in-text-block"]  # the rules that a colour scheme can change
JUDGED = 3  # elements of one look: one might lie under something else
SPARE = """(judged) => {
    const grounds = new Map([[null, ""]]);
    const ground = (element) => {
        if (!grounds.has(element)) {
            const { backgroundColor, backgroundImage, opacity, filter } = getComputedStyle(element);
            const own = [backgroundColor, backgroundImage, opacity, filter];
            grounds.set(element, `${ground(element.parentElement)} / ${own}`);
        }
        return grounds.get(element);
    };
    const isText = (node) => node.nodeType === Node.TEXT_NODE && node.data.trim();
    const times = new Map();
    const isSpare = (element) => {
        if (![...element.childNodes].some(isText)) return false;
        const { color, fontSize, fontWeight, textShadow } = getComputedStyle(element);
        const look = [ground(element), color, fontSize, fontWeight, textShadow].join();
        times.set(look, (times.get(look) ?? 0) + 1);
        return times.get(look) > judged;
    };
    const all = [...document.body.querySelectorAll("*")];
    const spare = new Set(all.filter(isSpare)); // all looks are read before anything is changed
    for (const element of all) element.toggleAttribute("data-alike", spare.has(element));
    axe.configure({ rules: [{ id: "color-contrast", selector: "*:not([data-alike])" }] });
}"""
RUN = """async (options) => {
    const quick = { selectors: false, resultTypes: ["violations"] };
    const { violations } = await axe.run({ ...quick, ...options });
    return violations.flatMap(({ id, nodes }) =>
        nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary}`));
}"""


def violations(page: Page, only: list[str] | None = None) -> list[str]:
    """Each element that breaks a rule, and what to do; ``only``: of these rules."""
    if not page.evaluate("'axe' in globalThis"):
        page.evaluate(FILE.read_text("utf-8"))
    page.evaluate(SPARE, JUDGED)
    options = {"runOnly": only} if only else {}
    return list(page.evaluate(RUN, options))
