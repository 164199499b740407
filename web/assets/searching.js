// Search in the texts of all plans, file after file, showing what is found as it is found.
"use strict";

Promise.all(["plans", "search"].map(kehoach.load)).then(([plans, shards]) => {
  const { el, say, fold } = kehoach;
  const form = document.getElementById("search");
  const status = document.getElementById("status");
  const hits = document.getElementById("hits");
  const LIMIT = 200;
  let run = 0;

  function hit(number, text, from, size) {
    const start = Math.max(0, text.lastIndexOf("\n", from - 1) + 1, from - 90);
    const line = text.indexOf("\n", from + size);
    const end = Math.min(line < 0 ? text.length : line, from + size + 110);
    const plan = plans[number];
    return el("li", {},
      el("a", { href: `plans/${plan[0]}.html#find=${encodeURIComponent(text.slice(from, from + size))}`, lang: "vi" }, plan[1]),
      el("p", { lang: "vi" }, start ? "…" : "", text.slice(start, from), el("mark", {}, text.slice(from, from + size)), text.slice(from + size, end), "…"),
      el("p", { class: "quiet" }, [plan[2], plan[7]].filter(Boolean).join(" · ")));
  }

  async function search() {
    const mine = ++run;
    const wanted = fold(form.elements.words.value.trim());
    hits.replaceChildren();
    status.textContent = "";
    if (!wanted) return;
    let found = 0;
    let inPlans = 0;
    for (let shard = 0; shard < shards && found < LIMIT; shard += 1) {
      status.textContent = `${say("searching")} ${shard + 1}/${shards}`;
      const texts = await kehoach.load(`search/${shard}`);
      if (mine !== run) return;
      for (const [number, text] of texts) {
        const key = fold(text);
        const before = found;
        for (let from = key.indexOf(wanted); from >= 0 && found < LIMIT && found - before < 5; from = key.indexOf(wanted, from + wanted.length)) {
          hits.append(hit(number, text, from, wanted.length));
          found += 1;
        }
        if (found > before) inPlans += 1;
      }
    }
    status.textContent = found ? `${found}${found >= LIMIT ? "+" : ""} ${say("found")}, ${inPlans} ${say("in_plans")}` : say("no_results");
  }
  form.addEventListener("submit", (event) => { event.preventDefault(); search(); });
});
