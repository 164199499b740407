// Two plans side by side, differences first. How two targets stand to each other the report has found; here it is shown.
"use strict";

Promise.all(["plans", "indicators", "standings"].map(kehoach.load)).then(([plans, indicators, standings]) => {
  const { el, say } = kehoach;
  const form = document.getElementById("pair");
  const place = document.getElementById("comparison");
  const label = new Map(indicators.map((row) => [row[0], row[1]]));
  const names = plans.map((row) => `${row[7] || row[9]} · ${row[1]}`.slice(0, 120) + ` [${row[0].slice(0, 6)}]`);
  const byName = new Map(names.map((name, number) => [name, number]));
  const byId = new Map(plans.map((row, number) => [row[0], number]));
  document.getElementById("all-plans").replaceChildren(...names.map((name) => el("option", { value: name })));

  const [KEY, SAID, WORDS, HORIZON, KIND, AGAINST, ID] = Array(7).keys();

  /** How a target of A stands to one of B, as the report has found it: a word, and the reason or the horizons. */
  const judge = (a, b) => standings[a[AGAINST][b[KIND]]];
  const comparable = (a, b) => a[KEY] === b[KEY] && judge(a, b)[0] !== "not_comparable";
  const same = (a, b) => a[0] === b[0];

  /** Rows of two plans; what finds no partner by the first test is paired by the next. */
  function pairs(one, other, ...tests) {
    const found = [];
    let [rest, left] = [one, [...other]];
    for (const fits of tests) {
      rest = rest.filter((row) => {
        const at = left.findIndex((candidate) => fits(row, candidate));
        if (at < 0) return true;
        found.push([row, left.splice(at, 1)[0]]);
        return false;
      });
    }
    return [...found, ...rest.map((row) => [row, undefined]), ...left.map((row) => [undefined, row])];
  }

  const rank = { only_a: 1, only_b: 2, a_stricter: 0, b_stricter: 0, a_higher: 0, b_higher: 0, same: 0, different: 0, not_comparable: 1, both: 4, alike: 5 };
  const fact = (id, row, words) => (row ? el("a", { href: `plans/${id}.html#${row.at(-1)}`, lang: "vi" }, words) : "–");

  function section(title, columns, rows) {
    const sorted = rows.map((row, at) => [rank[row[0]] ?? 3, at, row]).sort((one, other) => one[0] - other[0] || one[1] - other[1]);
    return el("section", {}, el("h2", {}, `${title} (${rows.length})`),
      el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": title },
        el("table", { class: "pair" }, el("thead", {}, el("tr", {}, columns.map((name) => el("th", { scope: "col" }, name)))),
          el("tbody", {}, sorted.map(([, , [verdict, ...cells]]) => el("tr", { class: verdict }, cells.map((cell, at) =>
            el(at ? "td" : "th", at ? {} : { scope: "row" }, cell))))))));
  }

  function sign(verdict, reason = "") {
    const signs = { a_stricter: "▲", b_stricter: "▼", a_higher: "↑", b_higher: "↓", only_a: "◐", only_b: "◑", alike: "=", same: "=", both: "=", different: "≠", not_comparable: "⊘" };
    return el("span", { class: `v ${verdict}` }, `${signs[verdict] || ""} ${say(verdict)}${reason ? `: ${say(reason)}` : ""}`);
  }

  function targets(a, b, ids) {
    return pairs(a.targets, b.targets, (row, its) => comparable(row, its) && row[HORIZON] === its[HORIZON], comparable, same).map(([one, other]) => {
      const [verdict, reason] = one && other ? judge(one, other) : [one ? "only_a" : "only_b", ""];
      const row = one || other;
      const words = (some) => (some ? `${some[WORDS]}${some[HORIZON] ? ` · ${some[HORIZON]}` : ""}` : "");
      const cell = (id, some) => (some ? el("a", { href: `plans/${id}.html#${some[ID]}`, lang: "vi" }, words(some)) : "–");
      return [verdict, el("span", { lang: "vi" }, label.get(row[KEY]) || row[SAID]), cell(ids[0], one), cell(ids[1], other), sign(verdict, reason)];
    });
  }

  function lists(a, b, ids, name, extra) {
    return pairs(a, b, same).map(([one, other]) => {
      const verdict = one && other ? "both" : one ? "only_a" : "only_b";
      return [verdict, el("span", { lang: "vi" }, name(one || other)), fact(ids[0], one, one ? extra(one) : ""), fact(ids[1], other, other ? extra(other) : ""), sign(verdict)];
    });
  }

  async function compare() {
    const [one, other] = [form.elements.a, form.elements.b].map((field) => byName.get(field.value));
    if (one === undefined || other === undefined || one === other) {
      place.replaceChildren(el("p", { class: "note" }, say("nothing_to_compare")));
      return;
    }
    const ids = [plans[one][0], plans[other][0]];
    history.replaceState(null, "", `#${ids.join(",")}`);
    const [a, b] = await Promise.all(ids.map((id) => kehoach.load(`plan/${id}`)));
    const columns = (first) => [first, say("plan_a"), say("plan_b"), say("verdict_pair")];
    const head = ["title", "code", "issued_on", "issuer", "locality", "topic", "period"].map((name) => {
      const verdict = a.head[name] === b.head[name] ? "alike" : "different";
      return [verdict, say(name), el("span", { lang: "vi" }, a.head[name] || "–"), el("span", { lang: "vi" }, b.head[name] || "–"), sign(verdict)];
    });
    place.replaceChildren(
      el("p", { class: "actions" }, el("a", { href: `plans/${ids[0]}.html` }, `A: ${plans[one][7] || plans[one][9]}`), el("a", { href: `plans/${ids[1]}.html` }, `B: ${plans[other][7] || plans[other][9]}`)),
      section(say("targets"), columns(say("indicator")), targets(a, b, ids)),
      section(say("header"), columns(""), head),
      section(say("references"), columns(say("instrument")), lists(a.references, b.references, ids, (row) => row[0], (row) => say(row[2]))),
      section(say("responsibilities"), columns(say("body")), pairs(a.bodies, b.bodies, (row, its) => row.join("|") === its.join("|")).map(([mine, theirs]) => {
        const verdict = mine && theirs ? "both" : mine ? "only_a" : "only_b";
        const cell = (row) => (row ? say(`role_${row[1]}`) : "–");
        return [verdict, el("span", { lang: "vi" }, (mine || theirs)[0]), cell(mine), cell(theirs), sign(verdict)];
      })),
      section(say("deadlines"), columns(say("day")), lists(a.deadlines, b.deadlines, ids, (row) => say(row[0]), (row) => row[2])),
    );
  }

  form.addEventListener("change", compare);
  form.addEventListener("submit", (event) => { event.preventDefault(); compare(); });
  document.getElementById("swap").addEventListener("click", () => {
    [form.elements.a.value, form.elements.b.value] = [form.elements.b.value, form.elements.a.value];
    compare();
  });
  const wanted = location.hash.slice(1).split(",").map((id) => byId.get(id)).filter((number) => number !== undefined);
  if (wanted[0] !== undefined) form.elements.a.value = names[wanted[0]];
  if (wanted[1] !== undefined) form.elements.b.value = names[wanted[1]];
  kehoach.draw(compare);
});
