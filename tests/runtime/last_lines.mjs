// The last line of each statement: a list of [lines, first line] as JSON on standard input.
import { readFileSync } from "node:fs";
import { lastLine } from "../../runtime/view/statement.ts";

/** @type {[string[], number][]} */
const statements = JSON.parse(readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(statements.map(([lines, first]) => lastLine(lines, first))));
