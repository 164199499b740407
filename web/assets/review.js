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

  /** A form for a fact: one field a plain value; what is nested is JSON. */
  function form(says, family, fact, after) {
    const value = structuredClone(fact);
    const fields = Object.entries(value).filter(([name]) => !["id", "evidence", "mentions"].includes(name));
    const inputs = fields.map(([name, content]) => [name, content, el("input", {
      name, value: content === null ? "" : typeof content === "object" ? JSON.stringify(content) : String(content),
    })]);
    const name = el("input", { name: "who", required: true, value: who(), autocomplete: "name" });
    const why = el("input", { name: "why" });
    const status = el("p", { role: "status", class: "note" });
    const quote = el("p", { class: "quiet", lang: "vi" }, `“${(value.evidence || value.mentions?.[0] || {}).quote || ""}”`);
    const made = el("form", { class: "review" },
      quote, el("button", { type: "button", on: { click: take } }, say("use_selection")),
      ...inputs.map(([label, , input]) => el("label", {}, el("span", {}, label), input)),
      el("label", {}, say("who"), name), el("label", {}, say("why"), why),
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
      try {
        for (const [label, before, input] of inputs) {
          const text = input.value.trim();
          const nested = before !== null && typeof before === "object";
          value[label] = text === "" && !nested ? (typeof before === "string" && before !== null && label !== "section" ? "" : null)
            : nested ? JSON.parse(text || "null") : typeof before === "number" ? Number(text.replace(",", "."))
              : typeof before === "boolean" ? text === "true" : before === null && /^-?\d+([.,]\d+)?$/.test(text) && label === "value_high" ? Number(text.replace(",", "."))
                : before === null && /^[{[]/.test(text) ? JSON.parse(text) : text;
        }
      } catch (error) { status.textContent = String(error); return; }
      if (value.time && !value.time.evidence) value.time.evidence = value.evidence;
      const fault = await send(says, family, says === "add" ? null : fact, value, why.value, name.value);
      if (fault) { status.textContent = fault; return; }
      made.replaceWith(el("p", { class: "said" }, say(`said_${says}`)));
      if (after) after();
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
  begin();
})();
