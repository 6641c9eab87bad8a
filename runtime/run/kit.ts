// What Python is started with, and what a run needs beyond it. There are two ways to start: the standard
// library, from which everything is imported; and a snapshot, in which the most used part is loaded.
import { importsOf, modulesOf, topOf, wheelsFor } from "./packages.ts";

import type { Kit, Manifest, ManifestSnapshot } from "../types.ts";

export const LIBRARY = "python_stdlib.zip";
const ENGINE = "asgiscope.zip";
const SELDOM = "python_seldom"; // the package that is the rest of the standard library
export const FRAME = "sandbox.html";
export const GLUE = ["worker.mjs", FRAME];
export const MACHINE = "pyodide.asm.wasm"; // Python itself
const CORE = [...GLUE, "pyodide.mjs", "pyodide.asm.mjs", MACHINE];

/**
 * The smallest snapshot in which there is all that the source imports; else the standard library.
 * @param snapshots whether one may be used
 */
export function kitFor(source: string, manifest: Manifest, snapshots: boolean): Kit {
  const size = ({ file }: ManifestSnapshot) => manifest.files[file].size;
  const [best] = Object.values(snapshots ? manifest.snapshots : {})
    .filter(
      (snapshot) => lacking(source, manifest, new Set(snapshot.has), snapshot.modules).length === 0,
    )
    .sort((one, other) => size(one) - size(other));
  if (!best) return { files: [...CORE, LIBRARY, ENGINE], has: [LIBRARY, ENGINE], modules: [] };
  const { file, memory, has, modules } = best;
  return { files: [...CORE, file], snapshot: { file, memory }, has, modules };
}

/**
 * @param has archives that are there
 * @param modules what is loaded even without the standard library
 * @param parts of the standard library that it needs, too
 * @returns archives that the source needs and that are not there
 */
export function lacking(
  source: string,
  manifest: Manifest,
  has: Set<string>,
  modules: string[],
  parts: string[] = [],
): string[] {
  const wanted = new Set([...parts, ...wheelsFor(source, manifest.packages)]);
  const missing = [...wanted].filter((file) => file !== LIBRARY && !has.has(file));
  const complete = !missing.length && !wanted.has(LIBRARY) && loaded(source, manifest, modules);
  return complete || has.has(LIBRARY) ? missing : [LIBRARY, ...missing]; // others import from it
}

/**
 * Whether a Python has packages beside those that a source needs. Frameworks look for packages that
 * they can do without, and would behave otherwise than where those are not there.
 */
export function hasOthers(
  source: string,
  { packages }: Manifest,
  { has, kit }: { has: Set<string>; kit: { has: string[] } },
) {
  const wanted = new Set(wheelsFor(source, packages));
  const files = Object.keys(packages).flatMap((name) =>
    name === SELDOM ? [] : [packages[name].file],
  );
  if (!files.some((file) => wanted.has(file))) return false;
  return files.some((file) => has.has(file) && !kit.has.includes(file) && !wanted.has(file));
}

function loaded(source: string, { library }: Manifest, modules: string[]) {
  return [...modulesOf(source)].every(
    (module) => modules.includes(module) || !library.includes(topOf(module)),
  );
}

/**
 * @param absent top-level modules that a run has looked for in vain, as Python says
 * @returns the parts of the standard library that have them
 */
export function partsWith(
  absent: string[],
  { library, packages }: Manifest,
  has: Set<string>,
): string[] {
  const seldom = packages[SELDOM];
  const parts = [
    { file: LIBRARY, imports: library },
    { file: seldom.file, imports: seldom.imports },
  ];
  const found = parts.filter(
    ({ file, imports }) => !has.has(file) && absent.some((name) => imports.includes(name)),
  );
  return found.map(({ file }) => file);
}

/** The modules of packages that a source imports: they take long, and are imported ahead of the run. */
export function packagesOf(source: string, packages: Manifest["packages"]) {
  const known = new Set(
    Object.entries(packages).flatMap(([name, { imports }]) => (name === SELDOM ? [] : imports)),
  );
  return {
    tops: [...importsOf(source)].filter((top) => known.has(top)),
    modules: [...modulesOf(source)].filter((module) => known.has(topOf(module))),
  };
}
