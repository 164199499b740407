// The list of deadlines.
"use strict";

kehoach.load("plans").then((plans) => {
  const { el, say } = kehoach;
  const form = document.getElementById("filters");
  const day = (row) => (row[2] ? row[2].split("-").reverse().map(Number).join("/") : row[3] ? say(row[3]) : row[6]);
  const fields = { year: (row) => row[2].slice(0, 4) };
  const text = (row) => `${row[4]} ${row[5]} ${row[6]} ${plans[row[0]][1]} ${plans[row[0]][2]}`;
  let deadlines = [];
  const draw = () => {
    const table = kehoach.table(document.getElementById("table-deadlines"), [
      { title: say("day"), class: "day", cell: (row) => el("a", { href: `plans/${plans[row[0]][0]}.html#${row[1]}` }, day(row)), sort: (row) => row[2] || "9999" },
      { title: say("what"), class: "main", cell: (row) => row[4], sort: (row) => row[4] },
      { title: say("lead"), class: "less", cell: (row) => row[5], sort: (row) => row[5] },
      { title: say("locality"), cell: (row) => plans[row[0]][2] || plans[row[0]][1], sort: (row) => plans[row[0]][2] },
    ], { label: say("deadlines") });
    kehoach.options(form.elements.year, deadlines.map(fields.year));
    form.oninput = () => table.show(kehoach.filter(form, deadlines, text, fields), deadlines.length);
    form.onsubmit = (event) => event.preventDefault();
    form.oninput();
  };
  kehoach.draw(draw);
  kehoach.parts("deadlines", (rows) => { deadlines = rows; draw(); });
});
