// The burndown, drawn from the numbers that stand on the page; without a library the table below it is left.

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

document.addEventListener("htmx:after:swap", drawBurndown);
drawBurndown();
