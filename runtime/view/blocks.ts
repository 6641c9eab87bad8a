// The rows of a long exchange stand in blocks: what is out of sight is neither laid out nor looked at row by
// row, and is drawn a block at a time.

const SIZE = 100; // rows of a block
const AHEAD = "demo-is-ahead";

/** What an element that is not drawn yet will hold. */
const coming: WeakMap<Element, () => Node[]> = new WeakMap();

/** A row that is drawn later, or as soon as it is needed. */
export function later(row: HTMLElement, content: () => Node[]) {
  coming.set(row, content);
  return row;
}

/** @returns the row, drawn */
export function drawn(row: Element): Element {
  const content = coming.get(row);
  coming.delete(row);
  if (content) row.append(...content());
  return row;
}

const drawAll = (block: HTMLElement) => [...block.children].forEach(drawn);

/** Draw block after block, one a frame, as long as they are in the page. */
function drawNext([next, ...others]: HTMLElement[]) {
  requestAnimationFrame(() => {
    drawAll(next);
    if (others.length && next.isConnected) drawNext(others);
  });
}

/** @returns blocks, of which the first is drawn */
export function blocksOf(
  rows: HTMLElement[],
  make: (rows: HTMLElement[]) => HTMLElement,
): HTMLElement[] {
  const blocks = Array.from({ length: Math.ceil(rows.length / SIZE) }, (_, index) =>
    make(rows.slice(index * SIZE, (index + 1) * SIZE)),
  );
  for (const block of blocks) {
    block.style.setProperty("--rows", String(block.children.length));
    block.addEventListener("contentvisibilityautostatechange", () => drawAll(block), {
      once: true,
    });
  }
  drawAll(blocks[0]);
  drawNext(blocks.slice(1));
  return blocks;
}

/** Mark some rows as still to come, others as past. */
/** @param now the first to come */
function markEach(rows: HTMLElement[], begin: number, end: number, now: number) {
  for (let index = begin; index < Math.min(end, rows.length); index++)
    rows[index].classList.toggle(AHEAD, index >= now);
}

/**
 * The first row that is still to come was one and is now another. Of the blocks only that in which the border is
 * has marks at its rows.
 */
export function markAhead(rows: HTMLElement[], was: number, now: number) {
  if (!rows[0]?.parentElement?.matches(".demo-block"))
    return markEach(rows, Math.min(was, now), Math.max(was, now), now);
  const start = (row: number) => row - (row % SIZE);
  markEach(rows, start(was), start(was) + SIZE, Infinity);
  for (let at = start(Math.min(was, now)); at < rows.length && at <= Math.max(was, now); at += SIZE)
    rows[at].parentElement?.classList.toggle(AHEAD, at >= now);
  if (now % SIZE) markEach(rows, start(now), start(now) + SIZE, now);
}
