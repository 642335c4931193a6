// The page of a run: parts that did not change are not swapped in, texts are copied. Forms: forms.js; the chart: burndown.js.

const marks = new Map();

const pathOf = (context) => context.request.action;

function isPoll(context) {
  return context.request.method.toUpperCase() === "GET" && ["clock", "job", "standing", "prompts"].includes(context.sourceElement.id);
}

function show(id, shown) {
  const banner = document.getElementById(id);
  if (banner) banner.hidden = !shown;
}

// With the header set here the browser hands 304 on, and htmx then leaves the page as it is.
document.addEventListener("htmx:before:request", ({ detail: { ctx } }) => {
  if (!isPoll(ctx)) return;
  ctx.request.cache = "no-store";
  if (marks.has(pathOf(ctx))) ctx.request.headers["If-None-Match"] = marks.get(pathOf(ctx));
});

document.addEventListener("htmx:after:request", (event) => {
  const { ctx } = event.detail;
  if (!isPoll(ctx)) return;
  const { status, raw, headers } = ctx.response;
  show("lost", status >= 500);
  show("let-in", raw.redirected);
  if (raw.redirected) return event.preventDefault(); // it was led to the entrance, which is no part of this page
  if (status === 200) marks.set(pathOf(ctx), headers.get("ETag"));
});

document.addEventListener("htmx:error", () => show("lost", true));
// Another choice of findings is shown in place, and stays when the page is loaded again.
document.addEventListener("htmx:after:swap", ({ detail: { ctx } }) => {
  if (!ctx.sourceElement.matches("a[hx-get]")) return;
  history.replaceState(null, "", ctx.sourceElement.href);
  if (!ctx.sourceElement.closest("#findings")) document.getElementById("findings").scrollIntoView();
});

// Somebody at work in another window sees by the title that something is asked.
const title = document.title;

function countAsked() {
  const asked = document.querySelectorAll(".prompt--new").length;
  document.title = asked ? `(${asked}) ${title}` : title;
}

document.addEventListener("htmx:after:swap", countAsked);
countAsked();

// A panel of controls closes when it has done its work, when something else is clicked, and on Escape.
function closePanels(except) {
  for (const panel of document.querySelectorAll(".more[open]")) {
    if (panel === except) continue;
    if (panel.contains(document.activeElement)) panel.querySelector("summary").focus();
    panel.removeAttribute("open");
  }
}

document.addEventListener("submit", () => closePanels());
document.addEventListener("click", ({ target }) => closePanels(target.closest(".more")));
document.addEventListener("keydown", ({ key }) => key === "Escape" && closePanels());

// --- the feed ---------------------------------------------------------------------------------------------------------

const NEW_FOR_MS = 20_000;
const met = new Map();

function markNew() {
  const first = met.size === 0;
  const now = Date.now();
  for (const item of document.querySelectorAll(".feed__item")) {
    if (!met.has(item.id)) met.set(item.id, first ? 0 : now);
    item.classList.toggle("feed__item--new", now - met.get(item.id) < NEW_FOR_MS);
  }
}

document.addEventListener("htmx:after:swap", markNew);
markNew();

// --- copying ------------------------------------------------------------------------------------------------------

for (const button of navigator.clipboard ? document.querySelectorAll("[data-copy]") : []) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const words = button.textContent;
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
    button.textContent = "Copied";
    setTimeout(() => (button.textContent = words), 1500);
  });
}
