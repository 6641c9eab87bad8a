// The error decoder's page: says what a pasted text means, by the entries of the page, and folds and
// filters these. Without it they all stand open.

(() => {
  const { decoderOf } = document.currentScript; // of decoder_matching.js
  const article = document.currentScript.closest("article");
  article.classList.add("folding"); // before the entries are there, so that nothing moves

  const textOf = (code) =>
    [...code.childNodes]
      .map(({ nodeName, textContent }) => {
        if (nodeName === "BR") return "\n";
        return nodeName === "VAR" ? `‹${textContent}›` : textContent; // <wbr> has no text
      })
      .join("");

  // An entry is a heading and the list after it, both in the page: the script only shows and hides.
  const show = ({ heading, list, button }, open) => {
    heading.classList.toggle("open", open);
    button.setAttribute("aria-expanded", open);
    if (open) list.removeAttribute("hidden");
    else list.setAttribute("hidden", "until-found");
  };

  const entryOf = (heading) => {
    const { id, dataset } = heading;
    const code = heading.querySelector("code");
    const list = heading.nextElementSibling;
    const button = document.createElement("button");
    button.type = "button";
    code.replaceWith(button);
    button.append(code);
    const entry = { id, ...dataset, text: textOf(code), heading, list, button };
    show(entry, false);
    button.addEventListener("click", () => show(entry, !heading.classList.contains("open")));
    list.addEventListener("beforematch", () => show(entry, true));
    return entry;
  };

  const linkTo = ({ message, words }, told) => {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = `#${message.id}`;
    link.append(message.heading.querySelector("code").cloneNode(true));
    item.append(link);
    if (words.length) item.append(document.createElement("br"), told.common, words.join(" "));
    return item;
  };

  const cardOf = ({ heading, list }) => {
    const said = heading.cloneNode();
    said.removeAttribute("id");
    said.className = "said open";
    said.append(heading.querySelector("code").cloneNode(true));
    const answers = list.cloneNode(true);
    answers.removeAttribute("hidden");
    return [said, answers];
  };

  const answerTo = ({ exact, hits, lines }, told) => {
    if (!lines) return [];
    const others = exact ? hits.slice(1) : hits;
    const note = document.createElement("p");
    note.textContent = exact ? told.also : hits.length ? told.nearest : told.unknown;
    const links = document.createElement("ul");
    links.append(...others.map((hit) => linkTo(hit, told)));
    const more = others.length ? [note, links] : exact ? [] : [note];
    return exact ? [...cardOf(hits[0].message), ...more] : more;
  };

  document.addEventListener("DOMContentLoaded", () => {
    const form = article.querySelector(".decoder");
    const [field, answer, select] = ["textarea", ".decoder-answer", "select"].map((each) =>
      form.querySelector(each),
    );
    const entries = [...article.querySelectorAll(".said")].map(entryOf);
    const explain = decoderOf(entries);
    form.hidden = false;
    const look = () => answer.replaceChildren(...answerTo(explain(field.value), form.dataset));
    field.addEventListener("input", look);
    look(); // a browser may have kept what was pasted

    const filter = () => {
      for (const { by, heading, list } of entries) {
        const out = select.value !== "" && !select.value.split(" ").includes(by);
        heading.classList.toggle("out", out);
        list.classList.toggle("out", out);
      }
    };
    select.addEventListener("input", filter);
    filter();

    const goTo = () => {
      const entry = entries.find(({ id }) => `#${id}` === location.hash);
      if (!entry) return;
      if (entry.heading.classList.contains("out")) select.value = "";
      filter();
      show(entry, true);
      entry.heading.scrollIntoView();
    };
    addEventListener("hashchange", goTo);
    goTo();
  });
})();
