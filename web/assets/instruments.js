// The network of plans and the instruments that most of them name.
"use strict";

Promise.all(["plans", "network"].map(kehoach.load)).then(([plans, network]) => {
  const { el, say } = kehoach;
  const named = network.filter((row) => row[2] > 1).slice(0, 25);
  const shown = named.length > 5 ? named : network.slice(0, 15);
  const MOST = 160;
  const drawn = new Set();
  for (let at = 0; at < 60 && drawn.size < MOST; at += 1) for (const row of shown) if (at < row[1].length && drawn.size < MOST) drawn.add(row[1][at]);

  function options() {
    if (!shown.length) return null;
    const { short, tooltip, COLOURS, INK } = kehoach.charts;
    const nodes = [
      ...shown.map((row, number) => ({
        id: `i${number}`, name: row[0], symbol: "rect", symbolSize: 12 + 3 * Math.sqrt(row[2]), itemStyle: { color: COLOURS[1] },
        label: { show: number < 20, position: "right", color: INK, formatter: short(row[0], 24) },
      })),
      ...[...drawn].map((number) => ({
        id: `p${number}`, name: plans[number][2] || plans[number][1], plan: plans[number][0], symbol: "circle", symbolSize: 9,
        itemStyle: { color: COLOURS[0] }, tip: plans[number][1],
      })),
    ];
    return {
      tooltip: { ...tooltip, formatter: ({ data }) => (data.id ? [data.name, data.tip].filter(Boolean).join("\n") : "") },
      series: [{
        type: "graph", layout: "force", roam: false, draggable: true, data: nodes, left: 20, right: 130, top: 20, bottom: 20,
        links: shown.flatMap((row, number) => row[1].filter((plan) => drawn.has(plan)).map((plan) => ({ source: `p${plan}`, target: `i${number}` }))),
        force: { repulsion: 260, edgeLength: [40, 120], gravity: 0.12, layoutAnimation: false }, lineStyle: { color: "#b9b4a6", opacity: 0.8 },
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
