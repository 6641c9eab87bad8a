// Reads a file of the copy. A page on a disk may not fetch, but it may load scripts: each such file is a
// script that hangs what it holds on its own element.

export type Script = HTMLScriptElement & { held?: any };

/** @returns what the script holds; rejects if there is no such file */
export function readScript(url: string): Promise<any> {
  const script = document.createElement("script") as Script;
  script.src = url;
  const held = new Promise((resolve, reject) => {
    script.onload = () => resolve(script.held);
    script.onerror = () => reject(new Error(`${url} is not there`));
  });
  document.head.append(script);
  return held.finally(() => script.remove());
}
