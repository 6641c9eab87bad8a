// Copying and sharing what the reader has written.
import { hereToShare } from "../view/here.mjs";

/** @import { LinkProblem } from "./share.mjs" */
/** @import { Store, Strings } from "./store.mjs" */

/** @param {string} text @returns {Promise<boolean>} whether the browser let it be copied */
async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/** @param {Store} store @param {Strings} strings @param {() => void} select the code, for the reader to copy it */
export async function copyCode(store, strings, select) {
  const copied = await copyText(store.code.value);
  if (!copied) select();
  store.notice.value = copied ? strings.copied : strings.copyFailed;
}

/** @param {Store} store @param {Strings} strings */
export async function shareLink(store, strings) {
  if (store.broken.value) return store.refuse();
  try {
    const { encodeLink } = await import("./share.mjs");
    const { code, steps, data } = store;
    const shared = { code: code.value, steps: steps.value, demo: data.value.name };
    const address = hereToShare() + (await encodeLink(shared));
    const copied = await copyText(address);
    store.notice.value = copied ? strings.shared : strings.shareByHand;
    store.address.value = copied ? undefined : address;
  } catch (error) {
    const problem = /** @type {{problem?: LinkProblem}} */ (error).problem;
    store.notice.value = problem ? strings.links[problem] : strings.partFailed;
  }
}
