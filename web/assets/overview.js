// The list of plans on the overview.
"use strict";

kehoach.load("plans").then((plans) => {
  const { el, say } = kehoach;
  const form = document.getElementById("filters");
  const fields = { level: (row) => row[3], province: (row) => row[4], topic: (row) => row[5], year: (row) => row[6] };
  const text = (row) => `${row[1]} ${row[2]} ${row[7]} ${row[8]} ${row[9]}`;
  const level = (value) => say(`level_${value}`);

  kehoach.draw(() => {
    const table = kehoach.table(document.getElementById("table-plans"), [
      { title: say("title"), class: "main", cell: (row) => el("a", { href: `plans/${row[0]}.html`, lang: "vi" }, row[1]), sort: (row) => row[1] },
      { title: say("locality"), cell: (row) => row[2], sort: (row) => row[2] },
      { title: say("level"), class: "less", cell: (row) => (row[3] ? level(row[3]) : say("none")), sort: (row) => row[3] },
      { title: say("code"), cell: (row) => row[7], sort: (row) => row[7] },
      { title: say("year"), class: "n", cell: (row) => row[6] || "", sort: (row) => row[6] },
      { title: say("targets"), class: "n less", cell: (row) => String(row[10]), sort: (row) => row[10] },
      { title: say("diagnostics"), class: "n less", cell: (row) => String(row[11]), sort: (row) => row[11] },
    ], { label: say("list_of_plans") });
    for (const [name, field] of Object.entries(fields)) kehoach.options(form.elements[name], plans.map(field), name === "level" ? level : undefined);
    const refresh = () => table.show(kehoach.filter(form, plans, text, fields), plans.length);
    form.oninput = refresh;
    form.onsubmit = (event) => event.preventDefault();
    refresh();
  });
});
