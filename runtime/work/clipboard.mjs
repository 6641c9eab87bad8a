// Copying and sharing what the reader has written.
import { hereToShare } from "../view/here.mjs";

/** @import { LinkProblem } from "./share.mjs" */
/** @import { Workbench } from "./workbench.mjs" */

/** @param {string} text @returns {Promise<boolean>} whether the browser let it be copied */
async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/** @param {Workbench} bench */
export async function copyCode({ code, tools, strings }) {
  const copied = await copyText(code.text);
  if (!copied) code.select();
  tools.say(copied ? strings.copied : strings.copyFailed);
}

/** @param {Workbench} bench */
export async function shareLink({ code, script, data, tools, strings }) {
  if (script.broken) return script.explain();
  try {
    const { encodeLink } = await import("./share.mjs");
    const shared = { code: code.text, steps: script.steps, demo: data.name };
    const address = hereToShare() + (await encodeLink(shared));
    const copied = await copyText(address);
    tools.say(copied ? strings.shared : strings.shareByHand);
    tools.offer(copied ? undefined : address);
  } catch (error) {
    const problem = /** @type {{problem?: LinkProblem}} */ (error).problem;
    tools.say(problem ? strings.links[problem] : strings.partFailed);
  }
}
