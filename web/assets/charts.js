// Charts: drawn by ECharts, which is loaded when the first chart comes into view; figures are drawn from their own tables.
"use strict";

kehoach.charts = (() => {
  const { el } = kehoach;
  const INK = "#26323d";
  const COLOURS = ["#2c6e8f", "#d08b2f", "#5f8f4e", "#8a6aa8", "#b0574f"];
  const soon = (act) => (window.requestIdleCallback ? requestIdleCallback(() => act(), { timeout: 1500 }) : setTimeout(act, 200));
  let library = null;

  function loadLibrary() {
    library ??= new Promise((resolve, reject) => {
      document.head.append(el("script", { src: `${kehoach.root}assets/echarts.min.js`, on: { load: resolve, error: reject } }));
    });
    return library;
  }

  /** Draw into a place once it comes near the view; `make` returns the options, or null for nothing to draw. */
  function chart(place, make, click) {
    let drawn = null;
    async function render() {
      await loadLibrary();
      const options = make();
      place.hidden = !options;
      if (!options) return;
      drawn ??= echarts.init(place, null, { renderer: "svg" });
      drawn.setOption({
        animation: false, color: COLOURS, aria: { enabled: true, decal: { show: Boolean(options.decal) } },
        textStyle: { fontFamily: getComputedStyle(document.body).fontFamily, color: INK }, ...options,
      }, true);
      drawn.off("click");
      if (click) drawn.on("click", (event) => click(event));
      drawn.resize();
    }
    let near = false;
    const watcher = new IntersectionObserver((entries) => {
      if (entries.some((entry) => entry.isIntersecting)) { near = true; watcher.disconnect(); soon(render); }
    }, { rootMargin: "300px" });
    watcher.observe(place);
    kehoach.draw(() => { if (near) render(); });
    window.addEventListener("resize", () => drawn && drawn.resize());
    window.addEventListener("beforeprint", () => drawn && drawn.resize({ width: Math.min(place.clientWidth, 680) }));
    window.addEventListener("afterprint", () => drawn && drawn.resize({ width: "auto" }));
    return { redraw: () => { if (near) render(); } };
  }

  const short = (text, size) => (text.length > size ? `${text.slice(0, size - 1).trimEnd()}…` : text);
  const tooltip = { renderMode: "richText", confine: true };

  /** Rows and columns of the table under a figure. */
  function read(figure) {
    const table = figure.querySelector("table");
    const names = [...table.tHead.rows[0].cells].map((cell) => cell.textContent);
    const rows = [...table.tBodies[0].rows].map((row) => [...row.cells].map((cell) => cell.textContent));
    return { names, rows };
  }

  function bars(figure, place, kind) {
    return () => {
      const { names, rows } = read(figure);
      if (!rows.length) return null;
      const shown = kind === "columns" ? rows : rows.slice(0, 25);
      const narrow = place.clientWidth < 520;
      const categories = shown.map((row) => row[0]);
      const many = names.length > 2;
      const used = kind === "stack" ? names.slice(1) : names.slice(1, 2);
      if (kind !== "columns") place.style.height = `${Math.max(120, shown.length * 26 + (many ? 84 : 56))}px`;
      const category = {
        type: "category", data: categories, axisTick: { show: false },
        axisLabel: kind === "columns" ? {} : { formatter: (text) => short(text, narrow ? 20 : 38), width: narrow ? 130 : 260, overflow: "truncate" },
      };
      const value = { type: "value", minInterval: 1, splitLine: { lineStyle: { color: "#e4e1d8" } } };
      return {
        decal: used.length > 1,
        grid: { left: 8, right: 28, top: used.length > 1 ? 36 : 12, bottom: kind === "columns" ? 30 : 8, outerBoundsMode: "same", outerBoundsContain: "axisLabel" },
        legend: used.length > 1 ? { top: 0, left: 0, type: "scroll" } : undefined,
        tooltip: { ...tooltip, trigger: "axis", axisPointer: { type: "shadow" } },
        xAxis: kind === "columns" ? category : value,
        yAxis: kind === "columns" ? value : { ...category, inverse: true },
        series: used.map((name, number) => ({
          name, type: "bar", stack: used.length > 1 ? "all" : undefined, barMaxWidth: 20,
          data: shown.map((row) => Number(row[number + 1])),
          label: used.length > 1 || kind === "columns" ? undefined : { show: true, position: "right", color: INK },
        })),
      };
    };
  }

  for (const figure of document.querySelectorAll("figure[data-chart]")) {
    const place = figure.querySelector(".canvas");
    if (place) chart(place, bars(figure, place, figure.dataset.chart));
  }
  return { chart, short, tooltip, COLOURS, INK };
})();
