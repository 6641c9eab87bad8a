// The rows of a long exchange stand in blocks: what is out of sight is neither laid out nor looked at row by
// row, and is drawn a block at a time.

const SIZE = 100; // rows of a block
const AHEAD = "demo-is-ahead";

/** What an element that is not drawn yet will hold. @type {WeakMap<Element, () => Node[]>} */
const coming = new WeakMap();

/** A row that is drawn later, or as soon as it is needed. */
/** @param {HTMLElement} row @param {() => Node[]} content */
export function later(row, content) {
  coming.set(row, content);
  return row;
}

/** @param {Element} row @returns {Element} the row, drawn */
export function drawn(row) {
  const content = coming.get(row);
  coming.delete(row);
  if (content) row.append(...content());
  return row;
}

/** @param {HTMLElement} block */
const drawAll = (block) => [...block.children].forEach(drawn);

/** Draw block after block, one a frame, as long as they are in the page. @param {HTMLElement[]} blocks */
function drawNext([next, ...others]) {
  requestAnimationFrame(() => {
    drawAll(next);
    if (others.length && next.isConnected) drawNext(others);
  });
}

/**
 * @param {HTMLElement[]} rows
 * @param {(rows: HTMLElement[]) => HTMLElement} make
 * @returns {HTMLElement[]} blocks, of which the first is drawn
 */
export function blocksOf(rows, make) {
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
/** @param {HTMLElement[]} rows @param {number} begin @param {number} end @param {number} now the first to come */
function markEach(rows, begin, end, now) {
  for (let index = begin; index < Math.min(end, rows.length); index++)
    rows[index].classList.toggle(AHEAD, index >= now);
}

/**
 * The first row that is still to come was one and is now another. Of the blocks only that in which the border is
 * has marks at its rows.
 * @param {HTMLElement[]} rows @param {number} was @param {number} now
 */
export function markAhead(rows, was, now) {
  if (!rows[0]?.parentElement?.matches(".demo-block"))
    return markEach(rows, Math.min(was, now), Math.max(was, now), now);
  const start = (/** @type {number} */ row) => row - (row % SIZE);
  markEach(rows, start(was), start(was) + SIZE, Infinity);
  for (let at = start(Math.min(was, now)); at < rows.length && at <= Math.max(was, now); at += SIZE)
    rows[at].parentElement?.classList.toggle(AHEAD, at >= now);
  if (now % SIZE) markEach(rows, start(now), start(now) + SIZE, now);
}
