// One plan: families on and off, jumping between text and facts, and finding words in both.
"use strict";

(() => {
  const { fold, say } = kehoach;
  const article = document.querySelector(".plan");
  const layers = document.getElementById("layers");
  const words = document.querySelector(".words");

  layers.addEventListener("submit", (event) => event.preventDefault());
  layers.addEventListener("change", (event) => {
    if (event.target.type === "checkbox") article.classList.toggle(`no-${event.target.name}`, !event.target.checked);
  });

  const family = (fact) => {
    const card = document.getElementById(fact);
    return card ? card.closest(".family")?.dataset.family : null;
  };
  const isShown = (fact) => { const name = family(fact); return name && !article.classList.contains(`no-${name}`); };
  const pane = document.getElementById("text");
  const onPages = () => Boolean(kehoach.sheets && kehoach.sheets.isShown());
  const marksOf = (fact) => pane.querySelectorAll(`[data-f~="${CSS.escape(fact)}"]`);
  const markOf = (fact) => (onPages() ? kehoach.sheets.place : words).querySelector(`[data-f~="${CSS.escape(fact)}"]`);

  function choose(fact, part) {
    for (const node of article.querySelectorAll(".chosen")) node.classList.remove("chosen");
    document.getElementById(fact)?.classList.add("chosen");
    for (const mark of part || marksOf(fact)) mark.classList.add("chosen");
  }

  /** Bring into view inside its own pane, or in the page where the panes do not scroll. */
  function reveal(node) {
    node.scrollIntoView({ block: "center", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
  }

  pane.addEventListener("click", (event) => {
    const mark = event.target.closest(".m, .box");
    if (!mark || String(getSelection())) return;
    event.preventDefault();
    const fact = mark.dataset.f.split(" ").find(isShown);
    if (!fact) return;
    choose(fact);
    reveal(document.getElementById(fact));
    document.getElementById(fact).focus({ preventScroll: true });
    history.replaceState(null, "", `#${fact}`);
  });

  document.getElementById("facts").addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    const card = event.target.closest(".card");
    if (link && !link.classList.contains("place")) {
      event.preventDefault();
      return arrive(link.hash.slice(1));
    }
    if (!card || String(getSelection())) return undefined;
    event.preventDefault();
    const anchor = link && !onPages() ? document.getElementById(link.hash.slice(1)) : markOf(card.id);
    choose(card.id);
    if (anchor) reveal(anchor.matches("i") ? anchor.nextElementSibling || anchor : anchor);
    return undefined;
  });

  /** Show a fact that another page or card has named. */
  function arrive(fact) {
    const card = document.getElementById(fact);
    if (!card || !card.classList.contains("card")) return;
    choose(fact);
    reveal(card);
    const mark = markOf(fact);
    if (mark && getComputedStyle(pane).overflowY === "auto") {
      pane.scrollTop += mark.getBoundingClientRect().top - pane.getBoundingClientRect().top - pane.clientHeight / 2;
    }
  }
  if (location.hash) arrive(decodeURIComponent(location.hash.slice(1)));

  // Finding: all text of both panes as one key, with the nodes that its characters stand in.
  const field = document.getElementById("find");
  const status = document.getElementById("find-status");
  const paints = "highlights" in CSS;
  let index = null;
  let ranges = [];
  let at = -1;

  function makeIndex() {
    const nodes = [];
    let key = "";
    for (const root of [words, document.getElementById("facts")]) {
      const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
      let block = null;
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const here = node.parentElement.closest("p, h3, h4, h5, h6, td, dd, dt, li");
        if (here !== block) key += "\n";
        block = here;
        nodes.push([key.length, node]);
        key += fold(node.data);
      }
    }
    return { nodes, key };
  }

  function nodeAt(offset) {
    let low = 0;
    let high = index.nodes.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (index.nodes[middle][0] <= offset) low = middle; else high = middle - 1;
    }
    return index.nodes[low];
  }

  function find() {
    index ??= makeIndex();
    const wanted = fold(field.value.trim());
    ranges = [];
    at = -1;
    for (let from = wanted ? index.key.indexOf(wanted) : -1; from >= 0 && ranges.length < 2000; from = index.key.indexOf(wanted, from + 1)) {
      const [start, first] = nodeAt(from);
      const [end, last] = nodeAt(from + wanted.length - 1);
      const range = new Range();
      range.setStart(first, Math.min(from - start, first.length));
      range.setEnd(last, Math.min(from + wanted.length - end, last.length));
      ranges.push(range);
    }
    if (paints) {
      CSS.highlights.delete("found-now");
      CSS.highlights.set("found", new Highlight(...ranges));
    }
    if (ranges.length) step(1); else status.textContent = wanted ? say("no_results") : "";
  }

  function step(by) {
    if (!ranges.length) return;
    at = (at + by + ranges.length) % ranges.length;
    status.textContent = `${at + 1}/${ranges.length} ${say("found")}`;
    if (paints) CSS.highlights.set("found-now", new Highlight(ranges[at]));
    if (onPages() && words.contains(ranges[at].startContainer)) kehoach.sheets.show("words");
    reveal(ranges[at].startContainer.parentElement);
  }

  let timer = 0;
  field.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(find, 150); });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter") { event.preventDefault(); step(event.shiftKey ? -1 : 1); }
  });
  document.getElementById("find-next").addEventListener("click", () => step(1));
  document.getElementById("find-previous").addEventListener("click", () => step(-1));
  kehoach.draw(() => { index = null; });
  if (location.hash.startsWith("#find=")) {
    field.value = decodeURIComponent(location.hash.slice(6));
    find();
  }
})();
