// The files that Python is made of. The page hands them over: nothing is fetched here.

/** A file as bytes, Python itself compiled. */
export type Coming = { promise: Promise<any>; resolve: (file: any) => void };

export const INDEX = "https://pyodide.invalid/"; // never asked for
export const files: Map<string, Coming> = new Map();

/** A file that is here or will come. */
export function file(name: string): Coming {
  const coming = files.get(name) ?? ({} as Coming);
  coming.promise ??= new Promise((resolve) => {
    coming.resolve = resolve;
  });
  files.set(name, coming);
  return coming;
}

export async function importModule(name: string) {
  const bytes = await file(name).promise;
  const url = URL.createObjectURL(new Blob([bytes], { type: "text/javascript" }));
  try {
    return await import(url);
  } catch {
    return import(dataUrl(bytes)); // WebKit imports no blob where the origin is opaque
  } finally {
    URL.revokeObjectURL(url);
  }
}

/** @param bytes of a module */
function dataUrl(bytes: ArrayBuffer) {
  const view = new Uint8Array(bytes);
  let text = "";
  for (let at = 0; at < view.length; at += 32768) {
    text += String.fromCharCode(...view.subarray(at, at + 32768));
  }
  return `data:text/javascript;base64,${btoa(text)}`;
}

/** In place of fetch: what Pyodide asks for is handed over. */
export async function answer(target: string | URL | Request) {
  const name = String(target instanceof Request ? target.url : target).slice(INDEX.length);
  return new Response(name.endsWith(".wasm") ? "" : await file(name).promise);
}
