// What the press asks of the document before it prints it.

/** Waits until every font is loaded and every demo drawn, at most so many milliseconds. */
async function drawn(limit) {
  const end = performance.now() + limit;
  await Promise.all([...document.fonts].map((font) => font.load()));
  const demos = [...document.querySelectorAll("asgi-demo")];
  while (!demos.every((demo) => demo.querySelector(".demo-figure")?.firstElementChild)) {
    if (performance.now() > end) throw new Error("Not every demo was drawn in time");
    await new Promise((done) => {
      setTimeout(done, 20);
    });
  }
}

/** What the drawn demos are on paper: nothing that can be pressed, and no more than what is seen. */
function settle() {
  const data = "script.demo-data, .demo-steps, .demo-heard, asgi-demo [hidden]";
  const pressed = ".demo-controls, .demo-tools, .demo-tool, .demo-detail";
  for (const element of document.querySelectorAll(`${data}, ${pressed}`)) element.remove();
  for (const button of document.querySelectorAll("button")) {
    const text = document.createElement(button.matches(".demo-row-button") ? "div" : "span");
    text.className = button.className;
    text.append(...button.childNodes);
    button.replaceWith(text);
  }
  for (const element of document.querySelectorAll("[tabindex]"))
    element.removeAttribute("tabindex");
  for (const drawing of document.querySelectorAll(".diagram > svg")) divide(drawing);
}

const WIDEST = 1280; // of a diagram, in its own units: as wide as the paper, its letters have 6 pt
const SHARED = 190; // what two parts both show, so that a label that one cuts is whole in the other

/** A diagram too wide to be read on paper becomes parts that follow each other, from the left. */
function divide(drawing) {
  const { x, y, width, height } = drawing.viewBox.baseVal;
  if (width <= WIDEST) return;
  const count = Math.ceil((width - SHARED) / (WIDEST - SHARED));
  const step = (width - SHARED) / count;
  const parts = Array.from({ length: count }, (_, index) => {
    const part = drawing.cloneNode(true);
    part.setAttribute("viewBox", `${x + index * step} ${y} ${step + SHARED} ${height}`);
    part.classList.add("diagram-part");
    return part;
  });
  // The first one says what the whole is: nobody is to hear it twice.
  for (const part of parts.slice(1)) part.setAttribute("aria-hidden", "true");
  drawing.replaceWith(...parts);
}

const PARTS = "pre, pre > code, .demo-line, table, .table, .diagram, .diagram svg, img";
const DEMOS = ".demo-lanes, .demo-scaled, .demo-row, .demo-words, .demo-tracks";
const TEXT = "h1, h2, h3, p, li, dt, dd";

/** What is wider than the paper, or cut off by the box it stands in. */
function findWide() {
  const right = document.querySelector("main").getBoundingClientRect().right + 1;
  const isSeen = (element) => element.checkVisibility() && element.getClientRects().length > 0;
  const runsOff = (element) => {
    const cuts = getComputedStyle(element).overflowX !== "visible";
    return (
      element.getBoundingClientRect().right > right ||
      (cuts && element.scrollWidth > element.clientWidth + 1)
    );
  };
  return [...document.querySelectorAll(`${PARTS}, ${DEMOS}, ${TEXT}`)]
    .filter((element) => isSeen(element) && runsOff(element))
    .map((element) => ({
      where: element.closest("section[id]")?.id ?? "the front matter",
      what: element.textContent.trim().replace(/\s+/g, " ").slice(0, 80) || element.className,
    }));
}

/** Say on which page each line of the contents leads. */
function fillContents(pages) {
  for (const line of document.querySelectorAll(".line-page"))
    line.textContent = pages[line.dataset.of] ?? "";
}

window.onPaper = { drawn, settle, findWide, fillContents };
