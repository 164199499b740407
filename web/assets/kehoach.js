// What every page needs: data that is loaded as scripts, words in two languages, and elements made without HTML.
"use strict";

window.kehoach = Object.assign(window.kehoach || {}, (() => {
  const root = document.body ? document.body.dataset.root : "";
  const taken = new Map();
  const waiting = new Map();
  const listeners = [];
  let language = "vi";
  try { language = localStorage.getItem("kehoach.language") === "en" ? "en" : "vi"; } catch { /* a folder may have no storage */ }

  /** The JSON value in data/<name>.js, loaded once. */
  function load(name) {
    if (!waiting.has(name)) {
      waiting.set(name, new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.src = `${root}data/${name}.js`;
        script.onload = () => { resolve(taken.get(name)); taken.delete(name); script.remove(); };
        script.onerror = () => reject(new Error(`data/${name}.js`));
        document.head.append(script);
      }));
    }
    return waiting.get(name);
  }

  /** The rows of data/<name>/0.js and on: `show(rows)` is called with the first part, and again when all are there. */
  async function parts(name, show) {
    const count = await load(name);
    const rows = [];
    for (let number = 0; number < count; number += 1) {
      rows.push(...await load(`${name}/${number}`));
      if (number === 0 && count > 1) {
        show(rows.slice());
        await new Promise((done) => { setTimeout(done, 100); });
      }
    }
    show(rows);
  }

  /** Called by the data files. */
  function take(name, value) { taken.set(name, value); }

  /** The words for a key in the language of the page. */
  function say(key) {
    const both = kehoach.words[key];
    return both ? both[language === "en" ? 1 : 0] : key;
  }

  /** An element; children are text or elements, never HTML. */
  function el(tag, attributes, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {})) {
      if (name === "on") for (const [event, act] of Object.entries(value)) made.addEventListener(event, act);
      else if (value !== null && value !== undefined && value !== false) made.setAttribute(name, value === true ? "" : value);
    }
    made.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
    return made;
  }

  /** Words as a key for searching: small letters without marks, one character for one. */
  function fold(text) {
    let key = "";
    for (const letter of text) {
      const bare = letter.normalize("NFD")[0].toLowerCase();
      key += letter.length > 1 ? letter : bare === "đ" ? "d" : bare[0];
    }
    return key;
  }

  function translate() {
    document.documentElement.lang = language;
    for (const node of document.querySelectorAll("[data-en]")) {
      node.dataset.vi ??= node.textContent;
      node.textContent = node.dataset[language];
    }
    for (const [attribute, source] of [["placeholder", "enPlaceholder"], ["aria-label", "enLabel"]]) {
      const name = source.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
      for (const node of document.querySelectorAll(`[data-${name}]`)) {
        node.dataset[source.replace("en", "vi")] ??= node.getAttribute(attribute);
        node.setAttribute(attribute, node.dataset[source.replace("en", language)]);
      }
    }
    const button = document.getElementById("language");
    button.textContent = language === "vi" ? "English" : "Tiếng Việt";
    button.lang = language === "vi" ? "en" : "vi";
    for (const listener of listeners) listener();
  }

  /** Draw now and again whenever the language changes. */
  function draw(listener) { listeners.push(listener); listener(); }

  /** Fill a select with the values of rows, the first option standing for all. */
  function options(select, values, name = (value) => value) {
    const chosen = select.value;
    const counts = new Map();
    for (const value of values) counts.set(value ?? "", (counts.get(value ?? "") || 0) + 1);
    const sorted = [...counts.keys()].sort((one, other) => String(one).localeCompare(String(other), "vi"));
    select.replaceChildren(
      el("option", { value: "*" }, say(select.dataset.all)),
      ...sorted.map((value) => el("option", { value }, `${value === "" ? say("none") : name(value)} (${counts.get(value)})`)),
    );
    select.value = chosen && counts.has(chosen) ? chosen : "*";
  }

  // Live pages lead to the review of their folder, which a report on a disk does not have.
  const live = location.protocol === "file:" ? null : /^(.*\/jobs\/[^/]+)\//.exec(location.pathname);
  if (live) {
    document.querySelector(".top nav ul").append(el("li", {}, el("a", {
      href: `${live[1]}/review`, "aria-current": document.body.dataset.page === "review" && "page", "data-en": kehoach.words.review[1],
    }, kehoach.words.review[0])));
  }

  document.documentElement.classList.remove("no-js");
  document.getElementById("language").addEventListener("click", () => {
    language = language === "vi" ? "en" : "vi";
    try { localStorage.setItem("kehoach.language", language); } catch { /* kept for this page only */ }
    translate();
  });
  document.getElementById("print").addEventListener("click", () => window.print());
  document.addEventListener("DOMContentLoaded", () => { if (language === "en") translate(); });

  return { load, parts, take, say, el, fold, draw, options, root, job: live && live[1], isVietnamese: () => language === "vi" };
})());
