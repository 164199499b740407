// The queue of a folder: what is most doubtful first, each with the words round it; and where corrections and rules do not agree.
"use strict";

(() => {
  const { el, say, job } = kehoach;
  const PAGE = 50;
  const LOOKED_AT = ["unclaimed", "diagnostics"];
  const status = document.getElementById("status");
  const list = document.getElementById("queue");
  const more = document.getElementById("more");
  const name = document.getElementById("who").elements.who;
  try { name.value = localStorage.getItem("kehoach.who") || ""; } catch { /* asked each time */ }
  let rows = [];
  let total = 0;

  const ask = async (path) => (await fetch(`${job}/${path}`)).json();
  const link = (one) => `${job}/report/plans/${one.plan}.html#${one.id}`;

  async function tell(one, says, item) {
    if (!name.reportValidity()) return;
    try { localStorage.setItem("kehoach.who", name.value); } catch { /* asked again */ }
    const response = await fetch(`${job}/reviews`, {
      method: "POST", headers: { "content-type": "application/json" },
      body: JSON.stringify({ plan: one.plan, family: one.family, says, fact: one.fact, who: name.value }),
    });
    if (!response.ok) {
      const { detail } = await response.json();
      status.textContent = typeof detail === "string" ? detail : detail.map((fault) => fault.msg).join("; ");
      return;
    }
    const next = item.nextElementSibling?.querySelector("button") || more;
    const gone = (other) => other.plan === one.plan && other.family === one.family && other.id === one.id;
    total -= rows.filter(gone).length;
    rows = rows.filter((other) => !gone(other));
    draw();
    (next.isConnected ? next : list.querySelector("button"))?.focus();
  }

  const items = new Map();
  function item(one) {
    const key = `${one.plan} ${one.id} ${one.why}`;
    if (!items.has(key)) {
      const made = el("li", { class: `f-${one.family}` });
      const button = (says, sign, words) => el("button", { type: "button", on: { click: () => tell(one, says, made) } }, `${sign} ${say(words)}`);
      made.append(
        el("p", {}, el("strong", { class: "badge" }, say(one.why)), " ", el("span", { class: "quiet", lang: "vi" }, one.name)),
        one.message ? el("p", { lang: "vi" }, one.message) : "",
        one.quote ? el("p", { class: "context", lang: "vi" }, `…${one.before}`, el("mark", {}, one.quote), `${one.after}…`) : "",
        el("p", { class: "actions reviewing" },
          ...(LOOKED_AT.includes(one.family) ? [button("accept", "✓", "seen")] : [button("accept", "✓", "accept"), button("reject", "✗", "reject")]),
          el("a", { href: link(one) }, say("open_in_plan"))));
      items.set(key, made);
    }
    return items.get(key);
  }

  function draw() {
    list.replaceChildren(...rows.map(item));
    status.textContent = total ? `${total.toLocaleString("vi")} ${say("left")}` : say("nothing_left");
    more.hidden = rows.length >= total;
  }

  async function load() {
    const page = await ask(`queue?limit=${PAGE}&offset=${rows.length}`);
    rows.push(...page.rows);
    total = page.total;
    draw();
  }

  async function others() {
    const found = await ask("dissents");
    document.getElementById("dissents").replaceChildren(...found.map((one) => el("li", { class: `f-${one.family}` },
      el("p", {}, el("strong", { class: "badge" }, say(`dissent_${one.kind}`)), " ", el("span", { lang: "vi" }, one.message)),
      el("p", { class: "actions" }, el("a", { href: `${job}/report/plans/${one.plan}.html${one.fact ? `#${one.fact}` : ""}` }, say("open_in_plan"))))),
    found.length ? "" : el("li", {}, say("no_facts")));
    const { problems } = await ask("reviews");
    document.getElementById("problems").hidden = !problems.length;
    document.querySelector("#problems ul").replaceChildren(...problems.map((line) => el("li", {}, line)));
  }

  document.getElementById("who").addEventListener("submit", (event) => event.preventDefault());
  more.addEventListener("click", load);
  let begun = false;
  kehoach.draw(() => { items.clear(); if (begun) { draw(); others(); } });
  begun = true;
  load();
  others();
})();
