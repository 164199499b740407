// A fact as a form: a field for each thing that a person may correct, with the words for it; and back from the form to the fact.
"use strict";

kehoach.factForm = (() => {
  const { el, say } = kehoach;
  const TIME = ["kind", "start", "end", "mod", "recurrence", "condition"];
  const FIELDS = {
    targets: ["indicator_text", "indicator", "kind", "comparator", "value", "value_high", "unit", "change", "modality", "population", ...TIME.slice(0, 4).map((part) => `horizon.${part}`)],
    goals: ["kind", "text", "horizon.kind", "horizon.start", "horizon.end"],
    deadlines: TIME.map((part) => `time.${part}`),
    tasks: ["text", "lead", "coordinate", "product"],
    responsibilities: ["unit.name", "role"],
    references: ["type", "code", "name", "issued_on", "title", "role"],
  };
  const CHOICES = {
    "targets.kind": ["percentage", "count", "frequency", "ratio"],
    "targets.comparator": ["ge", "gt", "eq", "le", "lt", "approx", "range"],
    "targets.change": ["", "increase_by", "decrease_by", "increase_to", "decrease_to", "multiply_by"],
    "targets.modality": ["achieve", "maintain", "strive"],
    "goals.kind": ["purpose", "requirement", "general", "specific"],
    "responsibilities.role": ["lead", "coordinate", "advised", "reported_to"],
    "references.role": ["basis", "cited"],
    time: ["by", "in", "from", "during", "recurring", "within", "conditional"],
    mod: ["", "before", "on_or_before", "start", "mid", "end", "approx"],
  };
  const NUMBERS = ["value", "value_high"];
  const BODIES = ["lead", "coordinate"];
  const REQUIRED = ["text", "indicator_text", "value", "unit", "unit.name"];

  const parts = (path) => path.split(".");
  const at = (fact, path) => parts(path).reduce((value, name) => (value === null || value === undefined ? null : value[name]), fact) ?? null;
  const choicesOf = (family, path) => CHOICES[`${family}.${path}`] || (path.includes(".") ? { kind: CHOICES.time, mod: CHOICES.mod }[parts(path)[1]] : undefined);
  const shown = (value) => (value === null ? "" : Array.isArray(value) ? value.map((body) => body.name).join("; ") : String(value).replace(/(\d)\.(\d)/, "$1,$2"));
  const label = (path) => say(`field_${path.replace(/^(horizon|time)\./, "time_").replace(".", "_")}`);

  function input(family, path, fact) {
    const choices = choicesOf(family, path);
    const value = at(fact, path);
    if (choices) {
      const open = path.startsWith("horizon.") ? ["", ...choices.filter(Boolean)] : choices;
      const made = el("select", { name: path }, open.map((one) => el("option", { value: one }, one ? say(`choice_${one}`) : "–")));
      made.value = value ?? "";
      return made;
    }
    const text = typeof value === "number" || Array.isArray(value) ? shown(value) : value ?? "";
    const required = REQUIRED.includes(path);
    return el("input", { name: path, value: text, required, inputmode: NUMBERS.includes(path) && "decimal", list: path === "indicator" && "known-indicators" });
  }

  /** Labels with inputs for a fact of a family. */
  const fields = (family, fact) => FIELDS[family].map((path) => el("label", {}, el("span", {}, label(path)), input(family, path, fact)));

  /** A number as a person writes it: `12,5` or `1.200`; null for none, and NaN for what is no number. */
  function number(text) {
    if (!text) return null;
    return /^-?\d{1,3}(\.\d{3})+(,\d+)?$/.test(text) ? Number(text.replaceAll(".", "").replace(",", ".")) : Number(text.replace(",", "."));
  }

  function bodies(text, before) {
    return text.split(";").map((name) => name.trim()).filter(Boolean).map((name) => before.find((body) => body.name === name) || { name, surface: name });
  }

  /** Lay what the form says over a fact, in place. Evidence must be there already. */
  function read(form, family, fact) {
    const [evidence] = fact.mentions || [fact.evidence];
    for (const path of FIELDS[family]) {
      const text = form.elements[path].value.trim();
      const value = NUMBERS.includes(path) ? number(text) : BODIES.includes(path) ? bodies(text, fact[path] || []) : text || null;
      const [first, second] = parts(path);
      if (!second) { fact[first] = value; continue; }
      if (value === null && !fact[first]) continue;
      fact[first] ??= { text: evidence.quote, kind: "by", evidence };
      fact[first][second] = value;
    }
    for (const name of ["text", "indicator_text"]) if (FIELDS[family].includes(name)) fact[name] ??= "";
    if (family === "targets") fact.text ||= evidence.quote;
    if (family === "responsibilities") fact.unit.surface ||= fact.unit.name;
    if (fact.horizon && !fact.horizon.start && !fact.horizon.end && !fact.horizon.condition) fact.horizon = null;
    for (const time of [fact.horizon, fact.time]) if (time) { time.evidence ??= evidence; time.text ||= evidence.quote; time.kind ||= "by"; }
    return fact;
  }

  return { fields, read };
})();
