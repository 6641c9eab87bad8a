// What a page does by itself: the colours, and the theme's script for those who search. That script
// weighs more than a page, so it is loaded when a reader first reaches for the search.

(() => {
  const own = document.currentScript;
  const root = document.documentElement;
  root.classList.replace("no-js", "js");

  // The colours: as the system has them, light, dark, and round again. Kept for the next page.
  const button = document.querySelector(".scheme");
  const system = matchMedia("(prefers-color-scheme: dark)");
  const schemes = ["system", "default", "slate"];

  const remembered = () => {
    try {
      const kept = localStorage.getItem("scheme");
      return kept && schemes.includes(kept) ? kept : "system";
    } catch {
      return "system";
    }
  };
  const remember = (scheme) => {
    try {
      if (scheme === "system") localStorage.removeItem("scheme");
      else localStorage.setItem("scheme", scheme);
    } catch {
      // storage is forbidden: the choice holds for this page
    }
  };
  const show = (scheme) => {
    const shown = scheme === "system" ? (system.matches ? "slate" : "default") : scheme;
    document.body.dataset.mdColorScheme = shown;
    button.title = button.dataset[scheme];
    button.setAttribute("aria-label", button.dataset[scheme]);
    button.dataset.scheme = scheme;
  };
  show(remembered());
  button.hidden = false;
  button.addEventListener("click", () => {
    const next = schemes[(schemes.indexOf(button.dataset.scheme) + 1) % schemes.length];
    remember(next);
    show(next);
  });
  system.addEventListener("change", () => show(button.dataset.scheme));

  // The search. It opens by itself once the script is there and finds the field focused.
  let loading = false;
  const load = () => {
    if (loading) return;
    loading = true;
    const script = document.createElement("script");
    script.src = own.dataset.theme;
    script.addEventListener("error", () => {
      loading = false; // the next reach tries again
      script.remove();
    });
    document.body.append(script);
  };
  const search = document.querySelector("[data-md-component=search]");
  for (const type of ["pointerover", "pointerdown", "focusin"]) {
    search.addEventListener(type, load, { passive: true });
  }
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, [contenteditable]");
    if (typing || event.metaKey || event.ctrlKey || event.altKey) return;
    if (event.key !== "/" && event.key !== "s") return;
    event.preventDefault();
    search.querySelector("input").focus();
  });
  if (document.querySelector(".mermaid")) load(); // a diagram that is not drawn yet (make serve)
})();
