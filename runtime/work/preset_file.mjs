// The file of a preset, beside the page. The offline copy has another way: offline/browser/preset_file.mjs.

/** @param {URL} url @returns {Promise<any>} rejects if it is not to be had */
export async function fetchPreset(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url.pathname}: ${response.status}`);
  return response.json();
}
