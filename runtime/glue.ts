// Makes Pyodide's own script and Python's WebAssembly module smaller:
// `node runtime/glue.ts SCRIPT MODULE LIBRARY...`: the files to write, and the modules written in C that the
// site's packages bring along. More than half of the script serves such modules (drawing, sound, other file
// systems), of which this site has few, so what neither Python's module nor the rest of the script asks for is
// left out: a browser has less to fetch and to parse. What is not known to be without effect stays, and so
// does what it names. What no script and no library names, the module does not export: see machine.ts.
import { parse } from "acorn";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { minifyOnce } from "./bundle_options.ts";
import { withExports } from "./machine.ts";

/** What code speaks of: "name" is a variable's, ".name" a property's, or a text that may be one's. */
export type Names = Set<string>;
/** A piece of the script: kept if one of its names is used, or if it has none. */
export type Piece = { text: string; names?: string[]; uses: Names };
/** Pieces that make one statement. */
export type Statement = { before: string; pieces: Piece[]; between: string; after: string };

const WHOLE = "_createPyodideModule"; // the function that is nearly all of the script
const IMPORTS = "wasmImports"; // an object: what a WebAssembly module may import
const EXPORTS = "assignWasmExports"; // a function that gives names to what such a module exports
const MODULE = "Module"; // an object: what the script gives to others

const packaged = (name: string) => fileURLToPath(import.meta.resolve(`pyodide/${name}`));

function used(node: any, found: Names = new Set(), isProperty: boolean = false) {
  const { type, name, value, computed } = node;
  if (type === "Identifier") found.add(isProperty ? `.${name}` : name);
  if (typeof value === "string") found.add(`.${value}`);
  for (const [field, parts] of Object.entries<any>(node)) {
    const named = !computed && (field === "property" || field === "key");
    for (const part of [parts].flat()) if (part?.type) used(part, found, named);
  }
  return found;
}

/** Whether to evaluate it does nothing else. */
function harmless(node: any): boolean {
  if (!node) return true;
  const { type, argument, elements, properties } = node;
  if (type === "UnaryExpression") return harmless(argument);
  if (type === "ArrayExpression") return elements.every(harmless);
  if (type === "ObjectExpression")
    return properties.every((one: any) => !one.computed && harmless(one.value));
  return ["Literal", "Identifier", "FunctionExpression", "ArrowFunctionExpression"].includes(type);
}

/**
 * The names without which an assignment is of no use: that of what gets a property ("draw.signature = …"),
 * or those by which something is given to others ('draw = Module["draw"] = …').
 * @param node a statement
 */
function assigned({ expression }: any): string[] | undefined {
  if (expression?.type !== "AssignmentExpression") return;
  const { left, right } = expression;
  const given = (to: any) => to?.object?.name === MODULE && to.property.value;
  if (given(right.left)) return [left.name, `.${given(right.left)}`];
  if (given(left)) return right.type === "Identifier" ? [`.${given(left)}`] : undefined;
  const named = left.object?.type === "Identifier" && !left.computed && harmless(right);
  return named ? [left.object.name] : undefined;
}

function statementOf(node: any, script: string, imported: Set<string>): Statement {
  const list = (
    parts: any[],
    namesOf: (part: any) => string[] | undefined,
    between: string,
  ): Statement => ({
    before: script.slice(node.start, parts[0].start),
    pieces: parts.map((part) => ({
      text: script.slice(part.start, part.end),
      names: namesOf(part),
      uses: used(part),
    })),
    between,
    after: script.slice(parts.at(-1).end, node.end),
  });
  const [first] = node.declarations ?? [];
  if (first?.id.name === IMPORTS)
    return list(first.init.properties, ({ key }) => (imported.has(key.name) ? undefined : []), ",");
  if (first)
    return list(
      node.declarations,
      ({ id, init }) => (id.name && harmless(init) ? [id.name] : undefined),
      ",",
    );
  if (node.id?.name === EXPORTS) return list(node.body.body, assigned, "");
  return list([node], node.type === "FunctionDeclaration" ? ({ id }) => [id.name] : assigned, "");
}

/** @param asked names that others use */
function needed(pieces: Piece[], asked: Iterable<string>): Set<Piece> {
  const names = new Set(asked);
  const kept: Set<Piece> = new Set();
  for (let before = -1; before < kept.size;) {
    before = kept.size;
    for (const piece of pieces) {
      if (kept.has(piece) || piece.names?.every((name) => !names.has(name))) continue;
      kept.add(piece);
      for (const name of piece.uses) names.add(name);
    }
  }
  return kept;
}

/**
 * @param imported what Python's module imports
 * @param asked what other scripts use
 */
export function trimmed(script: string, imported: Set<string>, asked: Iterable<string>) {
  const program = parse(script, { ecmaVersion: "latest", sourceType: "module" }) as any;
  const whole = program.body.find(({ id }: any) => id?.name === WHOLE);
  if (!whole)
    throw new Error(`There is no function ${WHOLE}: look at what this Pyodide has instead`);
  const { body } = whole.body;
  const statements: Statement[] = body.map((node: any) => statementOf(node, script, imported));
  const kept = needed(
    statements.flatMap(({ pieces }) => pieces),
    asked,
  );
  const printed = statements.map(({ before, pieces, between, after }) => {
    const left = pieces.filter((piece) => kept.has(piece));
    return left.length ? before + left.map(({ text }) => text).join(between) + after : "";
  });
  return script.slice(0, body[0].start) + printed.join("") + script.slice(body.at(-1).end);
}

const read = (name: string) => readFile(packaged(name), "utf8");
const script = await read("pyodide.asm.mjs");
const loader = await read("pyodide.mjs");
const machine = await readFile(packaged("pyodide.asm.wasm"));
const [scriptFile, machineFile, ...libraries] = process.argv.slice(2);
const importsOf = (bytes: Buffer<ArrayBuffer>) =>
  WebAssembly.Module.imports(new WebAssembly.Module(bytes));
const wordsOf = (text: string) => text.match(/[\w$]+/g) ?? [];

const imports = importsOf(machine);
const imported = new Set(imports.map(({ name }) => name));
const asked = wordsOf(loader).map((name) => `.${name}`);
const small = trimmed(script, imported, asked);
const code = await minifyOnce(small, true);

const ours = ["snapshot.ts", "inside/memory.ts"].map((name) =>
  readFile(path.join(import.meta.dirname, name), "utf8"),
);
const named = new Set([code, loader, ...(await Promise.all(ours))].flatMap(wordsOf));
const addresses = imports.filter(({ module }) => module.startsWith("GOT."));
const wanted = (await Promise.all(libraries.map((file) => readFile(file)))).flatMap(importsOf);
for (const { name } of [...addresses, ...wanted]) named.add(name); // looked for among the exports
await writeFile(scriptFile, code);
await writeFile(
  machineFile,
  withExports(machine, (name) => named.has(name)),
);
