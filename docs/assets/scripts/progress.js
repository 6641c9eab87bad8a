// The reader's own way through the book: which chapters were read to their end, kept in this browser.
// Chapters are named alike in both languages, so changing the language loses nothing.

(() => {
  const KEY = "read";
  const kept = () => {
    try {
      const names = JSON.parse(localStorage.getItem(KEY) ?? "[]");
      return new Set(Array.isArray(names) ? names : []);
    } catch {
      return new Set(); // storage is forbidden, or holds something else
    }
  };
  const keep = (names) => {
    try {
      if (names.size) localStorage.setItem(KEY, JSON.stringify([...names]));
      else localStorage.removeItem(KEY);
    } catch {
      // storage is forbidden: the map stays as it is
    }
  };

  // A chapter counts as read once its end was on the screen.
  const name = document.querySelector("article[data-page]")?.dataset.page;
  const end = document.querySelector(".foot");
  if (name && end) {
    const watch = new IntersectionObserver(([entry]) => {
      if (!entry.isIntersecting) return;
      watch.disconnect();
      keep(kept().add(name));
    });
    watch.observe(end);
  }

  // The map shows it, and where to go on.
  const map = document.querySelector(".map-progress");
  if (!map) return;
  const chapters = [...document.querySelectorAll(".map-chapter")];
  const show = () => {
    const read = kept();
    const done = chapters.filter((chapter) => read.has(chapter.dataset.page));
    for (const chapter of chapters) {
      chapter.querySelector(".map-read").hidden = !read.has(chapter.dataset.page);
    }
    map.hidden = done.length === 0;
    const { told } = map.dataset;
    map.querySelector(".map-count").textContent = told
      .replace("{read}", done.length)
      .replace("{all}", chapters.length);
    const next = chapters.find((chapter) => !read.has(chapter.dataset.page))?.querySelector("a");
    const on = map.querySelector(".map-on");
    on.hidden = !next;
    if (next) {
      on.querySelector("a").href = next.href;
      on.querySelector("a").textContent = next.textContent;
    }
  };
  map.querySelector("button").addEventListener("click", () => {
    keep(new Set());
    show();
  });
  show();
  addEventListener("pageshow", show); // back from a chapter
})();
