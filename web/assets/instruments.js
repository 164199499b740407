// The network of plans and the instruments that most of them name.
"use strict";

Promise.all(["plans", "network"].map(kehoach.load)).then(([plans, network]) => {
  const { el, say } = kehoach;
  const named = network.filter((row) => row[2] > 1).slice(0, 25);
  const shown = named.length > 5 ? named : network.slice(0, 15);
  const MOST = 160;
  const drawn = new Set();
  for (let at = 0; at < 60 && drawn.size < MOST; at += 1) for (const row of shown) if (at < row[1].length && drawn.size < MOST) drawn.add(row[1][at]);

  /** Places for nodes: linked ones draw each other near, all near ones push each other away; the same graph always lies the same. */
  function arrange(count, links) {
    const at = Array.from({ length: count }, (_, n) => [Math.cos(n * 2.4) * Math.sqrt(n + 1), Math.sin(n * 2.4) * Math.sqrt(n + 1)]);
    for (let step = 0, heat = 1.5; step < 220; step += 1, heat *= 0.98) {
      const pull = at.map(([x, y]) => [-0.006 * x, -0.02 * y]);
      const move = (one, other, force) => {
        const [dx, dy] = [at[one][0] - at[other][0], at[one][1] - at[other][1]];
        const size = force(Math.max(0.01, Math.hypot(dx, dy)));
        for (const [node, sign] of [[one, 1], [other, -1]]) { pull[node][0] += sign * dx * size; pull[node][1] += sign * dy * size; }
      };
      for (let one = 0; one < count; one += 1) for (let other = 0; other < one; other += 1) move(one, other, (far) => (far < 6 ? 1 / (far * far) : 0));
      for (const [one, other] of links) move(one, other, (far) => -0.12 * far);
      at.forEach((place, n) => {
        const size = Math.hypot(...pull[n]) || 1;
        const far = Math.min(size, heat) / size;
        place[0] += pull[n][0] * far;
        place[1] += pull[n][1] * far;
      });
    }
    const [xs, ys] = [0, 1].map((axis) => at.map((place) => place[axis]));
    const [left, top] = [Math.min(...xs), Math.min(...ys)];
    const [wide, high] = [Math.max(...xs) - left || 1, Math.max(...ys) - top || 1];
    return at.map(([x, y]) => [(x - left) / wide, (y - top) / high]);
  }
  const plansAt = new Map([...drawn].map((plan, n) => [plan, shown.length + n]));
  const links = shown.flatMap((row, number) => row[1].filter((plan) => drawn.has(plan)).map((plan) => [number, plansAt.get(plan)]));
  let places = null;

  function options() {
    if (!shown.length) return null;
    places ??= arrange(shown.length + drawn.size, links);
    const place = document.getElementById("network");
    const narrow = place.clientWidth < 600;
    const right = narrow ? 90 : 150;
    const at = (number) => ({ x: places[number][0] * (place.clientWidth - 20 - right), y: places[number][1] * (place.clientHeight - 40) }); // in pixels, so that nothing is stretched
    const { short, tooltip, COLOURS, INK } = kehoach.charts;
    const nodes = [
      ...shown.map((row, number) => ({
        ...at(number), id: `i${number}`, name: row[0], symbol: "rect", symbolSize: 12 + 3 * Math.sqrt(row[2]), itemStyle: { color: COLOURS[1] },
        label: { show: number < (narrow ? 8 : 20), position: "right", color: INK, formatter: short(row[0], narrow ? 16 : 24), textBorderColor: "#fff", textBorderWidth: 2 },
      })),
      ...[...drawn].map((number) => ({
        ...at(plansAt.get(number)), id: `p${number}`, name: plans[number][2] || plans[number][1], plan: plans[number][0], symbol: "circle", symbolSize: 9,
        itemStyle: { color: COLOURS[0] }, tip: plans[number][1],
      })),
    ];
    return {
      tooltip: { ...tooltip, formatter: ({ data }) => (data.id ? [data.name, data.tip].filter(Boolean).join("\n") : "") },
      series: [{
        type: "graph", layout: "none", roam: false, data: nodes, left: 20, right, top: 20, bottom: 20,
        links: links.map(([source, target]) => ({ source, target })), lineStyle: { color: "#b9b4a6", opacity: 0.8 }, labelLayout: { hideOverlap: true },
      }],
    };
  }
  kehoach.draw(() => {
    kehoach.table(document.getElementById("table-network"), [
      { title: say("instrument"), class: "main", cell: (row) => row[0], sort: (row) => row[0] },
      { title: say("number_of_plans"), class: "n", cell: (row) => String(row[2]), sort: (row) => row[2] },
      {
        title: say("plans"), cell: (row) => row[1].slice(0, 6).flatMap((number, at) => [at ? "; " : "",
          el("a", { href: `plans/${plans[number][0]}.html`, lang: "vi" }, plans[number][2] || plans[number][1])]),
      },
    ], { label: say("network") }).show(network);
  });
  kehoach.charts.chart(document.getElementById("network"), options, ({ data }) => { if (data?.plan) location.href = `plans/${data.plan}.html`; });
});
