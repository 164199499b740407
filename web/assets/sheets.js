// The printed pages of a plan, with a box over every place that a fact rests on; click a box to see the fact, a fact to see the box.
"use strict";

kehoach.sheets = (() => {
  const { el, say } = kehoach;
  const SVG = "http://www.w3.org/2000/svg";
  const place = document.querySelector(".sheets");
  const words = document.querySelector(".words");
  const views = document.querySelector(".views");
  const contents = document.querySelector(".contents");
  const id = location.pathname.split("/").pop().replace(/\.html$/, "");
  let boxes = null;

  const svg = (tag, attributes, ...children) => {
    const made = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.append(...children);
    return made;
  };

  function sheet([number, width, height], mine) {
    const wide = [...mine].sort((one, other) => area(other) - area(one)); // small boxes lie above large ones
    return el("figure", { class: "sheet" },
      el("img", { src: `../pages/${id}/${number}.webp`, alt: `${say("page")} ${number}`, width: Math.round(width), height: Math.round(height), loading: "lazy" }),
      svg("svg", { viewBox: `0 0 ${width} ${height}`, "aria-hidden": "true", preserveAspectRatio: "none" },
        ...wide.map(([, left, top, right, bottom, family, fact]) => svg("rect", {
          x: left - 1, y: top, width: Math.max(2, right - left + 2), height: Math.max(2, bottom - top), rx: 1.5, class: `box f-${family}`, "data-f": fact,
        }))),
      el("figcaption", { class: "quiet" }, `${say("page")} ${number}`));
  }
  const area = ([, left, top, right, bottom]) => (right - left) * (bottom - top);

  function draw({ pages, boxes: found, why }) {
    boxes = found;
    const byPage = new Map(pages.map((page) => [page[0], []]));
    for (const box of found) byPage.get(box[0])?.push(box);
    const last = Math.max(0, ...found.map((box) => box[0]));
    place.replaceChildren(...pages.map((page) => sheet(page, byPage.get(page[0]))),
      why || !pages.length ? el("p", { class: "note" }, say(why || "not_drawn")) : last > pages.length ? el("p", { class: "note" }, say("more_pages")) : "");
  }

  async function show(view) {
    for (const button of views.querySelectorAll("button")) button.setAttribute("aria-pressed", String(button.dataset.view === view));
    words.hidden = view !== "words";
    if (contents) contents.hidden = words.hidden;
    place.hidden = view !== "sheets";
    if (view !== "sheets" || boxes) return;
    place.replaceChildren(el("p", { class: "note", role: "status" }, say("loading")));
    await kehoach.load(`pages/${id}`).then(draw, () => draw({ pages: [], boxes: [], why: "not_drawn" }));
  }

  views.hidden = false;
  views.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button) show(button.dataset.view);
  });
  return { place, isShown: () => !place.hidden, show };
})();
