// Compiles archives to bytecode: `node runtime/compile.ts JOBS.json`, a list of
// {source, output, prefix, keep, optimize}. Node only starts Pyodide; compile.py does the work.
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { loadPyodide } from "pyodide";

const jobs = JSON.parse(await readFile(process.argv[2], "utf8"));
const python = await loadPyodide({ env: { PYTHONHASHSEED: "0" } });
const compile = python.runPython(
  await readFile(path.join(import.meta.dirname, "inside", "compile.py"), "utf8"),
);
for (const { source, output, prefix, keep, optimize } of jobs) {
  const bytes = python.toPy(new Uint8Array(await readFile(source)));
  const made = compile(bytes.tobytes(), prefix, python.toPy(keep), optimize);
  await writeFile(output, made.toJs());
}
