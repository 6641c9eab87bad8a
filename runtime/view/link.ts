// A link to one step of one demo: #demo-say-hello/7. Stepping itself leaves the address alone.
import { make } from "./dom.ts";
import { hereToShare } from "./here.ts";

export type Strings = typeof import("#words/figure.ts").words;

/**
 * @param hash of an address, with its "#"
 * @param id of the demo's figure
 * @returns the step that the hash names in this demo
 */
export function stepIn(hash: string, id: string): number | undefined {
  const [place, step, ...more] = hash.slice(1).split("/");
  return id && place === id && /^\d{1,5}$/.test(step ?? "") && !more.length
    ? Number(step)
    : undefined;
}

/**
 * Calls `open` with a step whenever the reader follows a link to one of this demo's.
 * @param signal ends it
 */
export function onLink(id: string, open: (step: number) => void, signal: AbortSignal) {
  const follow = (hash: string) => {
    const step = stepIn(hash, id);
    if (step) open(step);
  };
  addEventListener("hashchange", () => follow(location.hash), { signal });
  // The same link a second time does not change the address, and so tells of nothing.
  const again = ({ target }: MouseEvent) => {
    const link = target instanceof Element ? target.closest("a") : null;
    if (link && link.href === location.href) follow(link.hash);
  };
  addEventListener("click", again, { signal });
  follow(location.hash);
}

/** A button that copies the link to a step; where that is not allowed, a field to copy it from. */
export function copyButton(id: string, step: number, strings: Strings) {
  const button = make("button", { type: "button", class: "demo-copy" }, strings.copyLink);
  const said = make("span", { class: "demo-copied", role: "status" });
  const place = make("span", { class: "demo-link" }, button, said);
  button.addEventListener("click", () => {
    const address = `${hereToShare()}#${id}/${step}`;
    const copied = navigator.clipboard?.writeText(address) ?? Promise.reject(new Error("none"));
    copied.then(
      () => said.replaceChildren(strings.copied),
      () => {
        const field = make("input", {
          class: "demo-address",
          readonly: true,
          value: address,
          "aria-label": strings.copyHere,
        });
        button.replaceWith(field);
        field.select();
      },
    );
  });
  return place;
}
