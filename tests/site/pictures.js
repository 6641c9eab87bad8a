// What is wrong with the figures of a page at its present width, as sentences; runs in the page.
// Boxes are in px of the screen. `LEAST` is the size of letters, `SLACK` what two boxes may share: the
// boxes of text have room above and below the letters.
(() => {
  const LEAST = 12;
  const SLACK = 1.5;
  const STEP = 3; // px from one point of a line that is looked at to the next

  const isSeen = (element) =>
    element.checkVisibility({ visibilityProperty: true }) && element.getClientRects().length > 0;
  const named = (text) => `“${text.textContent.trim().replace(/\s+/g, " ").slice(0, 60)}”`;
  const told = ({ left, top, right, bottom }) =>
    `[${[left, top, right, bottom].map((value) => Math.round(value)).join(" ")}]`;

  /** A text with its box and the size of its letters, scaled as its drawing is. */
  function textOf(element) {
    const scale = element.getScreenCTM?.()?.a ?? 1;
    const size = parseFloat(getComputedStyle(element).fontSize) * scale;
    return { element, size, box: element.getBoundingClientRect() };
  }

  const meet = (one, other) =>
    one.left + SLACK < other.right &&
    other.left + SLACK < one.right &&
    one.top + SLACK < other.bottom &&
    other.top + SLACK < one.bottom;

  const holds = ({ left, top, right, bottom }, { x, y }) =>
    left + SLACK < x && x < right - SLACK && top + SLACK < y && y < bottom - SLACK;

  /** Points along a line, where they are on the screen. */
  function pointsOf(path) {
    const matrix = path.getScreenCTM();
    const length = path.getTotalLength();
    return Array.from({ length: Math.ceil(length / STEP) + 1 }, (_, index) =>
      path.getPointAtLength(Math.min(index * STEP, length)).matrixTransform(matrix),
    );
  }

  function textFaults(texts) {
    const found = [];
    texts.forEach((one, index) => {
      if (one.size < LEAST - 0.05)
        found.push(`${named(one.element)} has letters of ${one.size.toFixed(1)} px`);
      for (const other of texts.slice(index + 1))
        if (meet(one.box, other.box))
          found.push(
            `${named(one.element)} ${told(one.box)} and ${named(other.element)} ${told(other.box)} overlap`,
          );
    });
    return found;
  }

  /** Labels that a line crosses. A label of a flow chart lies on its own arrow, which it covers. */
  function lineFaults(drawing, texts) {
    const own = drawing.classList.contains("drawn") ? 0 : 1;
    const lines = [...drawing.querySelectorAll("path:not(marker path)")].filter(isSeen);
    const points = lines.map((line) => [line, pointsOf(line)]);
    return texts.flatMap(({ element, box }) => {
      const crossing = points.filter(([, all]) => all.some((point) => holds(box, point)));
      const covered = element.closest(".edgeLabel") ? own : 0;
      return crossing
        .slice(covered)
        .map(
          ([line]) =>
            `${named(element)} ${told(box)} is crossed by a ${line.getAttribute("class")} ${told(
              line.getBoundingClientRect(),
            )}`,
        );
    });
  }

  /** What is cut off: nothing of our own drawings may be, of others what can be scrolled to and says so. */
  function clippingFaults(frame, drawing, texts) {
    const hidden = frame.scrollWidth - frame.clientWidth;
    const lanes = [...drawing.querySelectorAll(".lane, .rule")];
    const { left, right } = frame.getBoundingClientRect();
    const isOut = (box) => box.left < left - 1 || box.right > right + 1;
    if (hidden <= 1)
      return [...lanes, ...texts.map(({ element }) => element)]
        .filter((element) => isOut(element.getBoundingClientRect()))
        .map((element) => `${named(element)} is cut off ${told(element.getBoundingClientRect())}`);
    if (lanes.length) return [`a lane is cut off: ${hidden} px are out of sight`];
    const style = getComputedStyle(frame);
    const isHinted = style.overflowX === "auto" && style.backgroundImage !== "none";
    return isHinted ? [] : [`${hidden} px are out of sight, and nothing says so`];
  }

  function diagramFaults(figure) {
    const frame = figure.querySelector(".diagram");
    const drawings = [...frame.querySelectorAll(":scope > svg")].filter(isSeen);
    if (drawings.length !== 1) return [`${drawings.length} drawings are shown`];
    const [drawing] = drawings;
    const isText = (element) => element.textContent.trim() && isSeen(element);
    const texts = [...drawing.querySelectorAll("text")].filter(isText).map(textOf);
    return [
      ...textFaults(texts),
      ...lineFaults(drawing, texts),
      ...clippingFaults(frame, drawing, texts),
    ];
  }

  // ---- contrast ----

  const COLOUR = /^rgb\((\d+), (\d+), (\d+)\)$/;

  function luminance(colour) {
    const [red, green, blue] = COLOUR.exec(colour)
      .slice(1)
      .map((value) => value / 255)
      .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  }

  function contrast(one, other) {
    const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
    return (light + 0.05) / (dark + 0.05);
  }

  /** The colour behind a text: of the last shape drawn before it that is filled and holds it. */
  function groundOf(text, shapes, paper) {
    const { left, top, right, bottom } = text.getBoundingClientRect();
    const behind = shapes.filter((shape) => {
      const box = shape.getBoundingClientRect();
      const isBefore = shape.compareDocumentPosition(text) & Node.DOCUMENT_POSITION_FOLLOWING;
      const middle = { x: (left + right) / 2, y: (top + bottom) / 2 };
      return isBefore && holds(box, middle) && COLOUR.test(getComputedStyle(shape).fill);
    });
    return behind.length ? getComputedStyle(behind.at(-1)).fill : paper;
  }

  /** Texts and lines of a diagram that are hard to see, in the present scheme: 4.5 and 3 to 1. */
  function contrastFaults(figure) {
    const [drawing] = [...figure.querySelectorAll(".diagram > svg")].filter(isSeen);
    const paper = getComputedStyle(document.body).backgroundColor;
    const closed = "rect, circle, polygon, .box, .plate, .solid, .paper, .node path";
    const shapes = [...drawing.querySelectorAll(closed)].filter(isSeen);
    const texts = [...drawing.querySelectorAll("text")].filter(isSeen).flatMap((text) => {
      const value = contrast(getComputedStyle(text).fill, groundOf(text, shapes, paper));
      return value < 4.5 ? [`${named(text)} has a contrast of ${value.toFixed(2)}`] : [];
    });
    const lines = [...drawing.querySelectorAll(".lane, .shaft, .tip, .flowchart-link")];
    const faint = lines.filter(
      (line) => isSeen(line) && contrast(getComputedStyle(line).stroke, paper) < 3,
    );
    return [...texts, ...faint.map((line) => `a ${line.getAttribute("class")} is too faint`)];
  }

  const figures = () => [...document.querySelectorAll(".figure-diagram")];
  const ofEach = (faults) =>
    figures().flatMap((figure) =>
      faults(figure).map(
        (fault) => `${figure.querySelector(".figure-number").textContent}: ${fault}`,
      ),
    );
  globalThis.pictures = {
    tools: { LEAST, meet, told, contrastOf: contrast },
    layout: () => ofEach(diagramFaults),
    contrast: () => ofEach(contrastFaults),
  };
})();
