// Reviewing a plan in the service: each card can be accepted, rejected or corrected, and a selection of the text can become a fact.
"use strict";

(() => {
  const { el, say } = kehoach;
  const place = /^(.*\/jobs\/[^/]+)\/report\/plans\/([0-9a-f]{16})\.html$/.exec(location.pathname);
  if (!place || location.protocol === "file:") return;
  const [, jobPath, id] = place;
  const FAMILIES = ["targets", "goals", "deadlines", "tasks", "responsibilities", "references"];
  const BLANK = {
    targets: { text: "", kind: "percentage", indicator_text: "", comparator: "eq", value: 0, unit: "%" },
    goals: { kind: "specific", text: "" }, deadlines: { time: { text: "", kind: "by" } }, tasks: { text: "" },
    responsibilities: { unit: { name: "", surface: "" }, role: "lead" }, references: { code: null, type: null, role: "cited" },
  };
  let plan = null;

  const who = () => {
    let name = "";
    try { name = localStorage.getItem("kehoach.who") || ""; } catch { /* asked each time */ }
    return name;
  };

  async function send(says, family, fact, value, why, name) {
    try { localStorage.setItem("kehoach.who", name); } catch { /* asked again */ }
    const response = await fetch(`${jobPath}/reviews`, {
      method: "POST", headers: { "content-type": "application/json" },
      body: JSON.stringify({ plan: id, family, says, fact, value, who: name, why }),
    });
    if (response.ok) return "";
    const { detail } = await response.json();
    return typeof detail === "string" ? detail : detail.map((one) => `${one.loc.join(".")}: ${one.msg}`).join("; ");
  }

  /** Code points from the beginning of the text to a place in the page. */
  function offsetOf(node, at) {
    const line = (node.nodeType === 1 ? node : node.parentElement).closest("[data-s]");
    if (!line) return -1;
    const range = new Range();
    range.setStart(line, 0);
    range.setEnd(node, at);
    const cells = line.tagName === "TR" ? [...line.cells].filter((cell) => range.comparePoint(cell, 0) <= 0).length - 1 : 0;
    return Number(line.dataset.s) + [...range.toString()].length + Math.max(0, cells);
  }

  function selected() {
    const selection = getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    if (!document.querySelector(".words").contains(range.commonAncestorContainer)) return null;
    const [start, end] = [offsetOf(range.startContainer, range.startOffset), offsetOf(range.endContainer, range.endOffset)];
    return start >= 0 && end > start ? { start, end } : null;
  }

  async function quoteOf(span) {
    const text = await (await fetch(`${id}.txt`)).text();
    return [...text].slice(span.start, span.end).join("");
  }

  /** A form for a fact: what may be corrected in it, who says so and why. */
  function form(says, family, fact) {
    const value = structuredClone(fact);
    const name = el("input", { name: "who", required: true, value: who(), autocomplete: "name" });
    const why = el("input", { name: "why" });
    const status = el("p", { role: "status", class: "note" });
    const quoteOfFact = () => (value.evidence || value.mentions?.[0] || {}).quote || "";
    const quote = el("p", { class: "quiet", lang: "vi" }, quoteOfFact() ? `“${quoteOfFact()}”` : say("select_first"));
    const made = el("form", { class: "review" },
      quote, el("button", { type: "button", on: { click: take } }, say("use_selection")),
      ...kehoach.factForm.fields(family, value),
      el("label", {}, el("span", {}, say("who")), name), el("label", {}, el("span", {}, say("why")), why),
      el("p", { class: "actions" }, el("button", { type: "submit" }, say("save")), el("button", { type: "button", on: { click: () => made.remove() } }, say("cancel"))), status);

    async function take() {
      const span = selected();
      if (!span) { status.textContent = say("select_first"); return; }
      const evidence = { ...span, quote: await quoteOf(span), page: null, boxes: [] };
      if (family === "references") value.mentions = [evidence]; else value.evidence = evidence;
      if (value.time) value.time.evidence = evidence;
      quote.textContent = `“${evidence.quote}”`;
    }

    made.addEventListener("click", (event) => event.stopPropagation());
    made.addEventListener("submit", async (event) => {
      event.preventDefault();
      if (!quoteOfFact()) { status.textContent = say("select_first"); return; }
      const fault = await send(says, family, says === "add" ? null : fact, kehoach.factForm.read(made, family, value), why.value, name.value);
      if (fault) { status.textContent = fault; return; }
      made.replaceWith(el("p", { class: "said", role: "status" }, say(`said_${says}`)));
    });
    return made;
  }

  function buttons(card, family) {
    const fact = () => plan[family].find((one) => one.id === card.id);
    const row = el("p", { class: "actions reviewing" });
    const quick = (says) => async () => {
      const name = who() || prompt(say("who"));
      if (!name) return;
      const fault = await send(says, family, fact(), null, "", name);
      row.append(el("span", { class: "said", role: "status" }, fault || say(`said_${says}`)));
    };
    row.append(
      el("button", { type: "button", on: { click: quick("accept") } }, `✓ ${say("accept")}`),
      el("button", { type: "button", on: { click: () => { if (!card.querySelector("form")) card.append(form("correct", family, fact())); } } }, `✎ ${say("correct")}`),
      el("button", { type: "button", on: { click: quick("reject") } }, `✗ ${say("reject")}`));
    row.addEventListener("click", (event) => event.stopPropagation());
    card.append(row);
  }

  /** The ids of all known indicators, for the fields that take one. */
  async function suggest() {
    const known = await kehoach.load("indicators");
    document.body.append(el("datalist", { id: "known-indicators" }, known.filter((row) => !row[0].startsWith("x:")).map((row) => el("option", { value: row[0] }, row[1]))));
  }

  async function begin() {
    const asked = await fetch(`${jobPath}/reviews?plan=${id}`).catch(() => null);
    if (!asked || !asked.ok) return;
    plan = await (await fetch(`${id}.json`)).json();
    const { reviews } = await asked.json();
    for (const family of FAMILIES) {
      const section = document.getElementById(`family-${family}`);
      for (const card of section.querySelectorAll(".card")) buttons(card, family);
      const add = el("button", { type: "button", class: "add", on: { click: () => { if (!section.querySelector(":scope > form")) section.append(form("add", family, { ...BLANK[family] })); } } }, `+ ${say("add_fact")}`);
      section.append(add);
    }
    for (const one of reviews) {
      const card = one.fact && document.getElementById(one.fact.id);
      if (card) card.append(el("p", { class: "said" }, `${say(`said_${one.says}`)} · ${one.who}`));
    }
  }
  begin().then(suggest);
})();
