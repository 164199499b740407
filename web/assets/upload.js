// Dropping files: they are sent at once, and what becomes of each is shown as it is told.
"use strict";

(() => {
  const { el, say } = kehoach;
  const form = document.getElementById("upload");
  const files = document.getElementById("files");
  const status = document.getElementById("status");
  const bar = document.getElementById("bar");
  const results = document.getElementById("results");

  async function send(list) {
    if (!list.length) return;
    const body = new FormData();
    for (const file of list) body.append("files", file, file.name);
    results.replaceChildren();
    status.textContent = say("sending");
    bar.hidden = false;
    bar.removeAttribute("value");
    const response = await fetch("/jobs", { method: "POST", body }).catch(() => null);
    if (!response || !response.ok) {
      bar.hidden = true;
      status.textContent = response ? await message(response) : say("no_answer");
      document.getElementById("key").hidden = !(response && response.status === 401);
      return;
    }
    follow(await response.json());
  }

  async function message(response) {
    const text = await response.text();
    try { return JSON.parse(text).detail; } catch { return text; }
  }

  function follow(job) {
    let count = 0;
    bar.max = job.total;
    bar.value = 0;
    status.textContent = say("reading");
    const events = new EventSource(job.links.events);
    const step = (event) => { count += 1; bar.value = count; return JSON.parse(event.data); };
    const report = job.links.report.replace(/index\.html$/, "");
    events.addEventListener("read", (event) => {
      const news = step(event);
      results.append(el("li", { class: "read" }, el("a", { href: `${report}plans/${news.plan}.html` }, news.name)));
    });
    events.addEventListener("failed", (event) => {
      const news = step(event);
      results.append(el("li", { class: "failed" }, `${news.name}: ${news.message}`));
    });
    events.addEventListener("broken", (event) => { events.close(); bar.hidden = true; status.textContent = JSON.parse(event.data).message; });
    events.addEventListener("done", () => {
      events.close();
      bar.hidden = true;
      const only = results.querySelectorAll(".read a");
      status.replaceChildren(el("a", { href: job.links.report, id: "open-report" }, say("open_report")));
      if (job.total === 1 && only.length === 1) location.href = only[0].href;
    });
  }

  form.addEventListener("submit", (event) => { event.preventDefault(); send([...files.files]); });
  files.addEventListener("change", () => send([...files.files]));
  for (const name of ["dragenter", "dragover"]) form.addEventListener(name, (event) => { event.preventDefault(); form.classList.add("over"); });
  form.addEventListener("dragleave", () => form.classList.remove("over"));
  form.addEventListener("drop", (event) => { event.preventDefault(); form.classList.remove("over"); send([...event.dataTransfer.files]); });
  document.getElementById("key").addEventListener("submit", async (event) => {
    event.preventDefault();
    const response = await fetch("/session", { method: "POST", body: new URLSearchParams(new FormData(event.target)) });
    if (response.ok) location.reload(); else status.textContent = await message(response);
  });
})();
