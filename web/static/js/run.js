// The page of a run: answers that did not change are not swapped in, charts are drawn, texts are copied.

const marks = new Map();

const pathOf = (context) => context.request.action;

function isPoll(context) {
  return context.request.method.toUpperCase() === "GET" && ["clock", "standing", "prompts"].includes(context.sourceElement.id);
}

function sayLost(lost) {
  const banner = document.getElementById("lost");
  if (banner) banner.hidden = !lost;
}

// With the header set here the browser hands 304 on, and htmx then leaves the page as it is.
document.addEventListener("htmx:before:request", ({ detail: { ctx } }) => {
  if (!isPoll(ctx)) return;
  ctx.request.cache = "no-store";
  if (marks.has(pathOf(ctx))) ctx.request.headers["If-None-Match"] = marks.get(pathOf(ctx));
});

document.addEventListener("htmx:after:request", (event) => {
  const { ctx } = event.detail;
  sayLost(ctx.response.status >= 500);
  if (isPoll(ctx) && ctx.response.raw.redirected) {
    event.preventDefault(); // it was led to the entrance
    location.reload();
    return;
  }
  if (ctx.response.status === 200 && isPoll(ctx)) marks.set(pathOf(ctx), ctx.response.headers.get("ETag"));
  if (ctx.sourceElement.id === "say" && ctx.response.status < 400) return ctx.sourceElement.reset();
  if (ctx.response.status !== 200 && ctx.response.status !== 304 && !isPoll(ctx)) location.reload();
});

document.addEventListener("htmx:error", () => sayLost(true));
document.addEventListener("htmx:after:swap", drawBurndown);

// A panel of controls closes when it has done its work, when something else is clicked, and on Escape.
function closeMore() {
  document.getElementById("more-controls")?.removeAttribute("open");
}

document.addEventListener("submit", closeMore);
document.addEventListener("click", ({ target }) => target.closest(".more") ?? closeMore());
document.addEventListener("keydown", ({ key }) => key === "Escape" && closeMore());

// --- burndown -----------------------------------------------------------------------------------------------------

let chart = null;
let drawn = "";

function colours() {
  const style = getComputedStyle(document.documentElement);
  return Object.fromEntries(["ink-soft", "line", "seal", "indigo", "surface"].map((name) => [name, style.getPropertyValue(`--${name}`).trim()]));
}

function series(values, colour) {
  const line = (label, data, options) => ({ label, data, borderWidth: 2, pointRadius: 0, pointHitRadius: 12, spanGaps: false, ...options });
  return [
    line("Remaining", values.remaining, { borderColor: colour.seal, backgroundColor: `${colour.seal}22`, fill: true, borderWidth: 3, pointRadius: 3, pointBackgroundColor: colour.seal }),
    line("Ideal", values.ideal, { borderColor: colour["ink-soft"], borderDash: [5, 5], borderWidth: 1.5 }),
    line("Scope", values.scope, { borderColor: colour.indigo, stepped: "before" }),
  ];
}

function options(values, colour) {
  const ticks = { color: colour["ink-soft"], font: { family: "Figtree, sans-serif", size: 12 }, precision: 0 };
  return {
    animation: false,
    maintainAspectRatio: false,
    interaction: { mode: "index", intersect: false },
    scales: {
      x: { grid: { display: false }, border: { color: colour.line }, ticks },
      y: { beginAtZero: true, grid: { color: colour.line }, border: { display: false }, ticks, title: { display: true, text: values.unit, color: colour["ink-soft"] } },
    },
    plugins: { legend: { align: "end", labels: { color: colour["ink-soft"], boxWidth: 18, boxHeight: 2, font: ticks.font } } },
  };
}

function drawBurndown() {
  const source = document.getElementById("burndown-series");
  const place = document.getElementById("burndown-chart");
  if (!window.Chart || !source || !place) return;
  const canvas = place.querySelector("canvas");
  if (source.textContent === drawn && chart?.canvas === canvas) return;
  place.hidden = false;
  drawn = source.textContent;
  const values = JSON.parse(drawn);
  const colour = colours();
  const data = { labels: values.labels, datasets: series(values, colour) };
  if (chart?.canvas === canvas) {
    Object.assign(chart, { data, options: options(values, colour) });
    chart.update("none"); // in place: a new chart would blink
  } else {
    chart?.destroy();
    chart = new window.Chart(canvas, { type: "line", data, options: options(values, colour) });
  }
}

function drawAnew() {
  drawn = "";
  drawBurndown();
}

matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawAnew);
document.fonts.load("12px Figtree").then(drawAnew, () => {});

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

drawBurndown();
