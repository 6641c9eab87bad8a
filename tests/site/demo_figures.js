// What is wrong with the figures of demos at the page's present width, as sentences; runs in the page, after
// pictures.js. A figure is HTML: a text is a text node, with a box for each of its lines.
(() => {
  const { LEAST, meet, told, contrastOf } = globalThis.pictures.tools;
  const WORD = /[\p{Script=Latin}\d_]+/gu; // dots, slashes and Chinese may be broken at
  const MARKS = ".demo-shaft, .demo-tip, .demo-mark";

  const named = (node) => `“${node.textContent.trim().replace(/\s+/g, " ").slice(0, 60)}”`;

  function boxesOf(node, start = 0, end = node.length) {
    const range = document.createRange();
    range.setStart(node, start);
    range.setEnd(node, end);
    return [...range.getClientRects()].filter(({ width, height }) => width && height);
  }

  /** A line's box without the room that fonts keep above and below letters, which differs widely. */
  function lettersOf({ left, top, right, bottom }, size) {
    const [middle, half] = [(top + bottom) / 2, Math.min((bottom - top) / 2, 0.6 * size)];
    return { left, right, top: middle - half, bottom: middle + half };
  }

  /** The texts that can be seen, with the box of each line. */
  function textsOf(figure) {
    const walker = document.createTreeWalker(figure, NodeFilter.SHOW_TEXT);
    const found = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node.parentElement;
      const isSeen =
        node.textContent.trim() &&
        element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) &&
        !element.closest(".demo-heard");
      const size = parseFloat(getComputedStyle(element).fontSize);
      const boxes = isSeen ? boxesOf(node).map((box) => lettersOf(box, size)) : [];
      if (boxes.length) found.push({ node, element, size, boxes });
    }
    return found;
  }

  function textFaults(texts) {
    return texts.flatMap(({ node, size, boxes }, index) => {
      const found = [];
      if (size < LEAST - 0.05) found.push(`${named(node)} has letters of ${size.toFixed(1)} px`);
      for (const other of texts.slice(index + 1)) {
        const pair = boxes.flatMap((box) => {
          const met = other.boxes.find((another) => meet(box, another));
          return met ? [[box, met]] : [];
        })[0];
        if (pair)
          found.push(
            `${named(node)} ${told(pair[0])} and ${named(other.node)} ${told(pair[1])} overlap`,
          );
      }
      for (const word of node.textContent.matchAll(WORD)) {
        const lines = boxesOf(node, word.index, word.index + word[0].length);
        if (new Set(lines.map(({ top }) => Math.round(top))).size > 1)
          found.push(`“${word[0]}” is broken inside, in ${named(node)} ${told(lines[0])}`);
      }
      return found;
    });
  }

  /** Labels on marks, and labels on lanes that do not cover them. */
  function lineFaults(figure, texts) {
    const marks = [...figure.querySelectorAll(MARKS)].map((mark) => [
      mark,
      mark.getBoundingClientRect(),
    ]);
    const lives = [...figure.querySelectorAll(".demo-life:not(.demo-lines)")].map((life) =>
      life.getBoundingClientRect(),
    );
    return texts.flatMap(({ node, element, boxes }) => {
      const on = marks.find(
        ([mark, area]) => !mark.contains(node) && boxes.some((box) => meet(box, area)),
      );
      const isCovering = getComputedStyle(element).backgroundColor !== "rgba(0, 0, 0, 0)";
      const life = lives.find((area) => boxes.some((box) => meet(box, area)));
      return [
        ...(on
          ? [`${named(node)} ${told(boxes[0])} lies on a ${on[0].classList[0]} ${told(on[1])}`]
          : []),
        ...(life && !isCovering
          ? [`${named(node)} ${told(boxes[0])} is crossed by a lane ${told(life)}`]
          : []),
      ];
    });
  }

  /** What is out of sight, sideways, and nothing says that it can be scrolled to. */
  function clippingFaults(figure) {
    return [figure, ...figure.querySelectorAll("*")].flatMap((element) => {
      const hidden = element.scrollWidth - element.clientWidth;
      const style = getComputedStyle(element);
      if (hidden <= 1 || style.overflowX === "visible" || element.matches(".demo-heard")) return [];
      const isHinted = style.backgroundImage !== "none" || style.maskImage !== "none";
      const box = told(element.getBoundingClientRect());
      if (style.overflowX === "auto" && isHinted) return [];
      return [`${hidden} px of a ${element.classList[0]} ${box} are out of sight, unsaid`];
    });
  }

  /** The colour on which a text stands. */
  function groundOf(element) {
    for (let each = element; each; each = each.parentElement) {
      const { backgroundColor } = getComputedStyle(each);
      if (/^rgb\(/.test(backgroundColor)) return backgroundColor;
    }
    return "rgb(255, 255, 255)";
  }

  function contrastFaults(figure) {
    return textsOf(figure).flatMap(({ node, element }) => {
      const value = contrastOf(getComputedStyle(element).color, groundOf(element));
      return value < 4.5 ? [`${named(node)} has a contrast of ${value.toFixed(2)}`] : [];
    });
  }

  function layoutFaults(figure) {
    const texts = textsOf(figure);
    return [...textFaults(texts), ...lineFaults(figure, texts), ...clippingFaults(figure)];
  }

  const ofEach = (faults) =>
    [...document.querySelectorAll(".figure-demo")].flatMap((demo) =>
      [...demo.querySelectorAll(".demo-figure")].flatMap((figure) =>
        faults(figure).map((fault) => `${demo.id}: ${fault}`),
      ),
    );
  globalThis.demoFigures = {
    layout: () => ofEach(layoutFaults),
    contrast: () => ofEach(contrastFaults),
  };
})();
