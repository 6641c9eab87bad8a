// Edits that outlive a reload of the page, in the tab's own storage. Where there is no storage, or no
// room in it, nothing is kept and nothing is said.

/** text: the client's, as it was written */
export type Draft = { code: string; steps: unknown; text?: string };

const PLACE = "asgi-demo-drafts";
const MOST = 20;
const LARGEST = 65_536; // characters of one draft
const ALL = 524_288; // characters together

/** A short number for a text (FNV-1a); two texts seldom share one. */
function hash(text: string) {
  let sum = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) {
    sum ^= text.charCodeAt(at);
    sum = Math.imul(sum, 0x01000193);
  }
  return (sum >>> 0).toString(36);
}

/**
 * What a draft is found by: it belongs to this code and to no later one.
 * @param link the fragment that it began from, or ""
 */
export const draftKey = (demo: string, source: string, link: string) =>
  [location.pathname, demo, source.length.toString(36), hash(source), link && hash(link)].join(" ");

/** @returns keys and drafts, oldest first */
function readAll(): [string, string][] {
  try {
    const all = JSON.parse(sessionStorage.getItem(PLACE) ?? "[]");
    return Array.isArray(all)
      ? all.filter((entry) => Array.isArray(entry) && entry.length === 2)
      : [];
  } catch {
    return [];
  }
}

export function readDraft(key: string): Draft | undefined {
  const [, text] = readAll().find(([each]) => each === key) ?? [];
  try {
    const draft = JSON.parse(text ?? "null");
    return typeof draft?.code === "string" && typeof draft.steps === "object" ? draft : undefined;
  } catch {
    return undefined;
  }
}

/** @param draft undefined: forget it */
export function writeDraft(key: string, draft: Draft | undefined) {
  const before = readAll();
  const others = before.filter(([each]) => each !== key);
  const text = draft ? JSON.stringify(draft) : "";
  if (!draft && others.length === before.length) return;
  const all = text && text.length <= LARGEST ? [...others, [key, text]] : others;
  let room = ALL;
  const kept = all
    .slice(-MOST)
    .reverse()
    .filter(([, each]) => (room -= each.length) >= 0)
    .reverse();
  try {
    if (kept.length) sessionStorage.setItem(PLACE, JSON.stringify(kept));
    else sessionStorage.removeItem(PLACE);
  } catch {
    // full or forbidden: the page works without
  }
}
