// A table of any length: only the rows in view are in the page; all of them when it is printed.
"use strict";

/**
 * columns: [{ title, cell(row) -> text or element, sort(row)?, wide?, narrow? }]; rows: array of anything.
 * Returns { show(rows) }.
 */
kehoach.table = (place, columns, { height = 52, label, sticky = false } = {}) => {
  const { el, say } = kehoach;
  const TALLEST = 640; // pixels; a frame without rows is flat, so its height does not tell how many it will hold
  let rows = [];
  let order = null;
  let first = -1;
  let last = -1;
  const head = el("tr", { role: "row" });
  const body = el("tbody");
  const table = el("table", { class: sticky ? "long sticky" : "long", "aria-label": label }, el("thead", {}, head), body);
  const frame = el("div", { class: "frame", tabindex: "0", role: "region", "aria-label": label }, table);
  const status = el("p", { class: "quiet count", role: "status" });
  place.replaceChildren(status, frame);

  columns.forEach((column, number) => {
    const sorts = column.sort !== undefined;
    const title = sorts
      ? el("button", { type: "button", on: { click: () => sortBy(number) } }, column.title)
      : el("span", { title: column.title }, column.title);
    head.append(el("th", { scope: "col", class: column.class }, title));
  });

  function sortBy(number) {
    const down = order && order.number === number && !order.down;
    order = { number, down };
    [...head.children].forEach((cell, at) => {
      if (at === number) cell.setAttribute("aria-sort", down ? "descending" : "ascending");
      else cell.removeAttribute("aria-sort");
    });
    arrange();
    render(true);
  }

  function arrange() {
    if (!order) return;
    const key = columns[order.number].sort;
    const sign = order.down ? -1 : 1;
    rows = rows.map((row) => [key(row), row]).sort(([one], [other]) => {
      if (typeof one === "number" && typeof other === "number") return sign * (one - other);
      return sign * String(one ?? "").localeCompare(String(other ?? ""), "vi");
    }).map(([, row]) => row);
  }

  const spacer = (size) => el("tr", { class: "space", "aria-hidden": "true" }, el("td", { colspan: columns.length }));

  function render(force = false, all = false) {
    const from = all ? 0 : Math.max(0, Math.floor(frame.scrollTop / height) - 8);
    const to = all ? rows.length : Math.min(rows.length, Math.ceil((frame.scrollTop + Math.max(frame.clientHeight, TALLEST)) / height) + 8);
    if (!force && from === first && to === last) return;
    [first, last] = [from, to];
    const above = spacer();
    const below = spacer();
    above.firstChild.style.height = `${from * height}px`;
    below.firstChild.style.height = `${(rows.length - to) * height}px`;
    const shown = rows.slice(from, to).map((row, number) => {
      const line = el("tr", { "aria-rowindex": from + number + 2 });
      line.style.height = `${height}px`;
      columns.forEach((column, at) => {
        const content = column.cell(row);
        const inner = el("div", { class: "clip" }, content);
        if (typeof content === "string" && content.length > 40) inner.title = content;
        line.append(at === 0 ? el("th", { scope: "row", class: column.class }, inner) : el("td", { class: column.class }, inner));
      });
      return line;
    });
    body.replaceChildren(...(from ? [above] : []), ...shown, ...(to < rows.length ? [below] : []));
  }

  frame.addEventListener("scroll", () => requestAnimationFrame(() => render()), { passive: true });
  window.addEventListener("resize", () => render());
  window.addEventListener("beforeprint", () => { frame.classList.add("all"); render(true, true); });
  window.addEventListener("afterprint", () => { frame.classList.remove("all"); render(true); });

  function show(some, total = some.length) {
    rows = [...some];
    arrange();
    table.setAttribute("aria-rowcount", rows.length + 1);
    status.textContent = `${say("shown")} ${rows.length.toLocaleString("vi")} ${say("of")} ${total.toLocaleString("vi")}`;
    frame.scrollTop = 0;
    render(true);
  }
  return { show };
};

/** Rows that pass a form of filters: `words` in the text of a row, selects on its fields. */
kehoach.filter = (form, rows, text, fields) => {
  const values = new FormData(form);
  const words = kehoach.fold(String(values.get("words") || "")).split(/\s+/).filter(Boolean);
  return rows.filter((row) => {
    for (const [name, field] of Object.entries(fields)) {
      const wanted = values.get(name);
      if (wanted !== null && wanted !== "*" && String(field(row) ?? "") !== wanted) return false;
    }
    if (!words.length) return true;
    const key = kehoach.fold(text(row));
    return words.every((word) => key.includes(word));
  });
};
