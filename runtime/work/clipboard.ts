// Copying and sharing what the reader has written.
import { hereToShare } from "../view/here.ts";

import type { LinkProblem } from "./share.ts";
import type { Store, Strings } from "./store.ts";

/** @returns whether the browser let it be copied */
async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/** @param select the code, for the reader to copy it */
export async function copyCode(store: Store, strings: Strings, select: () => void) {
  const copied = await copyText(store.code.value);
  if (!copied) select();
  store.notice.value = copied ? strings.copied : strings.copyFailed;
}

export async function shareLink(store: Store, strings: Strings) {
  if (store.broken.value) return store.refuse();
  try {
    const { encodeLink } = await import("./share.ts");
    const { code, steps, data } = store;
    const shared = { code: code.value, steps: steps.value, demo: data.value.name };
    const address = hereToShare() + (await encodeLink(shared));
    const copied = await copyText(address);
    store.notice.value = copied ? strings.shared : strings.shareByHand;
    store.address.value = copied ? undefined : address;
  } catch (error) {
    const problem = (error as { problem?: LinkProblem }).problem;
    store.notice.value = problem ? strings.links[problem] : strings.partFailed;
  }
}
