// What the parts that are fetched later are handed by the first script. They do not import it: a module that
// both sides import would become a file of its own, which every page with a demo would have to ask for.
import { high, low } from "asgi-spec/wire.json";
import { draw, make } from "./dom.ts";
import { MARKS, laneName, short } from "./lanes.ts";
import { heldFor } from "./plan.ts";
import { goToLine, makeArea } from "./text_area.ts";

const drawing = { make, draw, makeArea, goToLine };
export const kit = { ...drawing, laneName, short, heldFor, MARKS, high, low };

export type Kit = typeof kit;
