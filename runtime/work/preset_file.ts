// The file of a preset, beside the page. The offline copy has another way: offline/browser/preset_file.ts.

/** @returns rejects if it is not to be had */
export async function fetchPreset(url: URL): Promise<any> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url.pathname}: ${response.status}`);
  return response.json();
}
