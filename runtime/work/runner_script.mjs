// The script that runs demos, checked before it is imported: a browser keeps a script by its address even
// when it has come wrong, so that no retry would help.
import { download } from "../run/download.mjs";
import { Failure } from "../run/failure.mjs";
import { sha256 } from "../run/sum.mjs";
import { expected, size, url } from "runner-script";

const NAME = "runner.mjs";

let failed = false;
/** @type {Promise<void> | undefined} */
let checked;

/** @param {string} manifest its address; the script lies beside it */
async function check(manifest) {
  const cache = failed ? "reload" : "default"; // past the cache, in which it may be wrong
  const bytes = await download(new URL(url, manifest).href, NAME, cache, size, () => {});
  if ((await sha256(bytes)) !== expected) throw new Failure("hash", NAME);
}

/**
 * @param {string} manifest address of the manifest
 * @returns {Promise<typeof import("../run/runner.mjs")>}
 */
export async function importRunner(manifest) {
  checked ??= check(manifest).catch((error) => {
    checked = undefined;
    failed = true;
    throw error;
  });
  await checked;
  return import("../run/runner.mjs").catch(() => {
    throw new Failure("refused", NAME);
  });
}

/** Whether it could not be had once: then it is for the reader to say when it is asked for again. */
export const hasFailed = () => failed;
