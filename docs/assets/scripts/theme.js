// The theme's script weighs more than a page and does nothing for somebody who reads. It is loaded
// when the reader first reaches for what it does: searching, changing the colours, copying code.

(() => {
  const own = document.currentScript;
  let loading;

  // load fetches the theme's script, once.
  const load = () =>
    (loading ??= new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = own.dataset.theme;
      script.addEventListener("load", resolve);
      script.addEventListener("error", () => {
        loading = undefined; // the next reach tries again
        reject(new Error(`not loaded: ${script.src}`));
      });
      document.body.append(script);
    }));

  // wake loads the script for whoever does not wait for it.
  const wake = () => void load().catch(() => {});

  // press repeats a click that came before the script was there to answer it.
  const press = (event) => {
    const label = event.target.closest("[data-md-component=palette] label");
    if (!label || loading?.done) return;
    event.preventDefault();
    load().then(
      () => {
        loading.done = true;
        label.click();
      },
      () => {},
    );
  };

  const header = document.querySelector(".md-header");
  for (const type of ["pointerover", "pointerdown", "focusin"]) {
    header.addEventListener(type, wake, { once: true, passive: true });
  }
  header.addEventListener("click", press);
  document.addEventListener("keydown", (event) => {
    if (["f", "s", "/"].includes(event.key) && event.target === document.body) wake();
  });
  if (document.querySelector(".mermaid")) wake(); // a diagram that is not drawn yet (make serve)
  document.documentElement.classList.replace("no-js", "js");
})();
