// Python's WebAssembly module with fewer exports. Pyodide exports every symbol, more than 8000, for modules
// written in C that are loaded later, and its script makes an entry in a table and a variable of each at
// every start. Those that this site has ask for a few hundred.
import { Reader, sectionsOf } from "./inside/wasm_reader.ts";
import { MAGIC, section, unsigned } from "./wasm.ts";

const EXPORTS = 7; // the section's number

/** @param content of the section */
function* wantedOf(content: Uint8Array, isWanted: (name: string) => boolean) {
  const reader = new Reader(content);
  for (let count = reader.number(); count; count--) {
    const before = reader.at;
    const name = reader.text(reader.number());
    reader.take(1); // of what kind it is
    reader.number(); // which one of those
    if (isWanted(name)) yield content.subarray(before, reader.at);
  }
}

/** @returns the same module without the other exports */
export function withExports(module: Uint8Array, isWanted: (name: string) => boolean): Buffer {
  const sections = [...sectionsOf(module)].map(([id, content]) => {
    if (id !== EXPORTS) return section(id, [content]);
    const wanted = [...wantedOf(content, isWanted)];
    return section(id, [Buffer.from(unsigned(wanted.length)), ...wanted]);
  });
  return Buffer.concat([MAGIC, ...sections]);
}
