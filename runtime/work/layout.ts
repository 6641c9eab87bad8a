// Puts the parts of a workbench among the page's own nodes, and takes them out again.

import type { Workbench } from "./workbench.ts";

/** @returns what gives the page's nodes back as they were */
export function layOut({
  element,
  side,
  code,
  script,
  tools,
  origin,
  output,
  figure,
}: Workbench): () => void {
  const { shown } = code;
  const steps = element.querySelector(".demo-steps") as HTMLElement | null;
  const findings = element.querySelector(".demo-findings");
  const hasClient = element.contains(script.shown);
  shown.before(side);
  side.append(origin.banner.element, shown, script.shown, tools.element, output.element);
  side.after(...figure.elements);
  if (steps) steps.hidden = true;
  findings?.remove();
  element.classList.add("demo-is-live");
  return () => {
    element.prepend(shown, ...(hasClient ? [script.shown] : []));
    side.remove();
    if (steps) steps.hidden = false;
    if (findings) steps?.after(findings);
    element.classList.remove("demo-is-live");
  };
}
