// Indicators: the matrix of localities and indicators, and the distribution of one of them.
"use strict";

Promise.all(["plans", "indicators"].map(kehoach.load)).then(([plans, indicators]) => {
  let positions = [];
  const { el, say } = kehoach;
  const SIGNS = {
    reference: "★", same: "=", stricter: "▲", weaker: "▼", higher: "↑", lower: "↓", contributes_to: "⊂", not_comparable: "⊘", gap: "–",
    goal_without_number: "◦",
  };
  const verdictOf = (row) => row[7] || (row[2] === "gap" ? "gap" : row[2] === "goal" ? "goal_without_number" : "reference");
  const planName = (number) => plans[number][2] || plans[number][1];
  const link = (row) => `plans/${plans[row[1]][0]}.html${row[9] ? `#${row[9]}` : ""}`;
  const words = (row) => {
    const verdict = verdictOf(row);
    const why = row[8] ? `: ${say(row[8])}` : "";
    const against = row[10] >= 0 ? ` (★ ${planName(row[10])})` : "";
    return `${say(verdict)}${why}${against}`;
  };

  let byPlan = new Map();
  let numbers = [];

  function group() {
    byPlan = new Map();
    for (const row of positions) {
      const cells = byPlan.get(row[1]) || new Map();
      byPlan.set(row[1], cells);
      cells.set(row[0], [...(cells.get(row[0]) || []), row]);
    }
    const says = (number) => [...byPlan.get(number).values()].some((rows) => rows[0][2] !== "gap");
    numbers = [...byPlan.keys()].filter(says).sort((one, other) => one - other);
  }

  function cell(rows) {
    if (!rows) return "";
    const shown = rows.slice(0, 2).map((row) => {
      const verdict = verdictOf(row);
      const text = [row[3] || say(verdict), row[6], row[8] && say(row[8])].filter(Boolean).join(" · ");
      return el("a", { href: link(row), class: `v ${verdict}`, title: `${row[11] || indicators[row[0]][1]}: ${text}. ${words(row)}` },
        el("span", { "aria-hidden": "true" }, SIGNS[verdict]), ` ${text}`, el("span", { class: "sr" }, ` ${words(row)}`));
    });
    return [...shown, rows.length > 2 ? el("span", { class: "quiet" }, ` +${rows.length - 2}`) : ""];
  }

  const form = document.getElementById("filters");
  const fields = { level: (n) => plans[n][3], topic: (n) => plans[n][5] };
  const text = (n) => [1, 2, 7, 8, 9].map((at) => plans[n][at]).join(" ");

  function matrix() {
    const shown = kehoach.filter(form, numbers, text, fields);
    const counts = new Map();
    for (const number of shown) for (const [id, rows] of byPlan.get(number)) if (rows[0][2] !== "gap") counts.set(id, (counts.get(id) || 0) + 1);
    const used = [...counts.keys()].sort((one, other) => counts.get(other) - counts.get(one) || one - other).slice(0, 40);
    const columns = [
      { title: say("locality"), class: "main", cell: (n) => el("a", { href: `plans/${plans[n][0]}.html`, lang: "vi", title: plans[n][1] }, planName(n)), sort: planName },
      ...used.map((id) => ({
        title: indicators[id][1], class: "level",
        cell: (n) => cell(byPlan.get(n).get(id)),
      })),
    ];
    const place = document.getElementById("table-matrix");
    kehoach.table(place, columns, { label: say("matrix"), height: 58, sticky: true }).show(shown, numbers.length);
  }

  const draw = () => {
    document.getElementById("verdicts").replaceChildren(...Object.entries(SIGNS).map(([name, sign]) =>
      el("li", {}, el("span", { class: `v ${name}` }, el("b", { "aria-hidden": "true" }, sign), ` ${say(name)}`))));
    kehoach.options(form.elements.topic, numbers.map(fields.topic));
    kehoach.options(form.elements.level, numbers.map(fields.level), (value) => say(`level_${value}`));
    form.oninput = matrix;
    form.onsubmit = (event) => event.preventDefault();
    matrix();
    if (indicators.length) list();
  };

  // One indicator.
  const select = document.getElementById("indicator");
  select.replaceChildren(...indicators.map((row, number) => el("option", { value: number }, `${row[1]} (${row[3]})`)));
  const LEVELS = ["central", "province", "district", "commune", ""];
  const rowsOf = () => positions.filter((row) => row[0] === Number(select.value));

  const pad = (min, max) => 0.06 * (max - min || 10);

  function options() {
    const drawn = rowsOf().filter((row) => row[4] !== null);
    if (!drawn.length) return null;
    const units = [...new Set(drawn.map((row) => row[5]))];
    const levels = LEVELS.filter((level) => drawn.some((row) => (plans[row[1]][3] || "") === level));
    const years = [...new Set(drawn.map((row) => row[6]))].sort();
    const shapes = ["circle", "rect", "triangle", "diamond", "roundRect", "pin"];
    const seen = new Map();
    const points = drawn.filter((row) => row[5] === units[0]).map((row) => {
      const level = levels.indexOf(plans[row[1]][3] || "");
      const key = `${level} ${row[4]}`;
      const count = seen.get(key) || 0;
      seen.set(key, count + 1);
      const lift = (count % 2 ? -1 : 1) * Math.min(0.4, 0.09 * Math.ceil(count / 2));
      return { value: [row[4], level + lift], row };
    });
    return {
      grid: { left: 8, right: 24, top: 40, bottom: 40, outerBoundsMode: "same", outerBoundsContain: "axisLabel" },
      legend: { top: 0, left: 0, type: "scroll" },
      tooltip: { ...kehoach.charts.tooltip, formatter: ({ data }) => `${planName(data.row[1])}\n${data.row[3]}${data.row[6] ? ` · ${data.row[6]}` : ""}\n${words(data.row)}` },
      xAxis: {
        type: "value", scale: true, min: ({ min, max }) => Math.max(min < 0 ? -Infinity : 0, Math.floor(min - pad(min, max))), max: ({ min, max }) => Math.ceil(max + pad(min, max)),
        name: units[0], nameLocation: "middle", nameGap: 26, axisLine: { onZero: false }, splitLine: { lineStyle: { color: "#e4e1d8" } },
      },
      yAxis: {
        type: "value", min: -0.5, max: levels.length - 0.5, interval: 1, inverse: true, axisTick: { show: false }, axisLine: { show: false },
        splitLine: { lineStyle: { color: "#d9d5c9", type: "dotted" } },
        axisLabel: { customValues: levels.map((_, number) => number), formatter: (number) => (levels[number] ? say(`level_${levels[number]}`) : say("none")), color: "#53606b" },
      },
      series: years.map((year, number) => ({
        name: year || say("none"), type: "scatter", symbolSize: 13, symbol: shapes[number % shapes.length],
        itemStyle: { opacity: 0.85, borderColor: "#fff", borderWidth: 1 }, data: points.filter((point) => point.row[6] === year),
      })),
    };
  }
  const dots = kehoach.charts.chart(document.getElementById("dots"), options, ({ data }) => { if (data?.row) location.href = link(data.row); });

  function list() {
    const rows = rowsOf();
    kehoach.table(document.getElementById("table-positions"), [
      { title: say("locality"), class: "main", cell: (row) => el("a", { href: link(row), lang: "vi" }, planName(row[1])), sort: (row) => planName(row[1]) },
      { title: say("value"), cell: (row) => row[3] || "–", sort: (row) => row[4] ?? -1 },
      { title: say("horizon"), class: "n", cell: (row) => row[6], sort: (row) => row[6] },
      { title: say("verdict"), cell: (row) => el("span", { class: `v ${verdictOf(row)}` }, `${SIGNS[verdictOf(row)]} ${words(row)}`), sort: verdictOf },
      { title: say("title"), class: "less", cell: (row) => row[11], sort: (row) => row[11] },
    ], { label: say("distribution") }).show(rows);
    dots.redraw();
  }
  select.addEventListener("change", list);
  kehoach.draw(draw);
  kehoach.parts("positions", (rows) => { positions = rows; group(); draw(); });
});
