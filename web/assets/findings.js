// The list of diagnostics.
"use strict";

kehoach.load("plans").then((plans) => {
  const { el, say } = kehoach;
  const form = document.getElementById("filters");
  const text = (row) => `${row[3]} ${say(row[2])} ${plans[row[0]][1]} ${plans[row[0]][2]}`;
  const fields = { kind: (row) => row[2] };
  let findings = [];
  const draw = () => {
    const table = kehoach.table(document.getElementById("table-findings"), [
      { title: say("message"), class: "main", cell: (row) => el("a", { href: `plans/${plans[row[0]][0]}.html#${row[1]}`, lang: "vi" }, row[3]), sort: (row) => row[3] },
      { title: say("kind"), cell: (row) => say(row[2]), sort: (row) => say(row[2]) },
      { title: say("locality"), cell: (row) => plans[row[0]][2] || plans[row[0]][1], sort: (row) => plans[row[0]][2] },
    ], { label: say("diagnostics") });
    kehoach.options(form.elements.kind, findings.map(fields.kind), say);
    form.oninput = () => table.show(kehoach.filter(form, findings, text, fields), findings.length);
    form.onsubmit = (event) => event.preventDefault();
    form.oninput();
  };
  kehoach.draw(draw);
  kehoach.parts("findings", (rows) => { findings = rows; draw(); });
});
