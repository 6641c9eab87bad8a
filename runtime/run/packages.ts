// Which wheels a source needs: found from its imports, by the manifest's table.

import type { Manifest } from "../types.ts";

const IMPORT = /^[ \t]*(?:from[ \t]+([\w.]+)[ \t]+import\b|import[ \t]+([^#\n;]+))/gm;

/**
 * The modules that a source imports, with dots. A name inside a string may be found too: it costs a
 * download at most.
 */
export function modulesOf(source: string) {
  const found: Set<string> = new Set();
  for (const [, from, plain] of source.matchAll(IMPORT)) {
    for (const name of (from ?? plain).split(",")) found.add(name.trim().split(/\s/)[0]);
  }
  return found;
}

export const topOf = (module: string) => module.split(".")[0];

/** The top-level modules that a source imports. */
export function importsOf(source: string) {
  return new Set([...modulesOf(source)].map(topOf));
}

/** @returns file names of wheels, those that others depend on included */
export function wheelsFor(source: string, packages: Manifest["packages"]): string[] {
  const imports = importsOf(source);
  const wanted = Object.keys(packages).filter((name) =>
    packages[name].imports.some((module) => imports.has(module)),
  );
  for (const name of wanted) {
    for (const other of packages[name].depends) if (!wanted.includes(other)) wanted.push(other);
  }
  return wanted.map((name) => packages[name].file);
}
