// The script that runs demos, checked before it is imported: a browser keeps a script by its address even
// when it has come wrong, so that no retry would help.
import { download } from "../run/download.ts";
import { Failure } from "../run/failure.ts";
import { sha256 } from "../run/sum.ts";
import { expected, size, url } from "runner-script";

const NAME = "runner.mjs";

let failed = false;
let checked: Promise<void> | undefined;

/** @param manifest its address; the script lies beside it */
async function check(manifest: string) {
  const cache = failed ? "reload" : "default"; // past the cache, in which it may be wrong
  const bytes = await download(new URL(url, manifest).href, NAME, cache, size, () => {});
  if ((await sha256(bytes)) !== expected) throw new Failure("hash", NAME);
}

/** @param manifest address of the manifest */
export async function importRunner(manifest: string): Promise<typeof import("../run/runner.ts")> {
  checked ??= check(manifest).catch((error) => {
    checked = undefined;
    failed = true;
    throw error;
  });
  await checked;
  return import("../run/runner.ts").catch(() => {
    throw new Failure("refused", NAME);
  });
}

/** Whether it could not be had once: then it is for the reader to say when it is asked for again. */
export const hasFailed = () => failed;
