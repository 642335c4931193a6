// Forms of a run's page: why something was not taken is said where it was asked, and words that were typed are never lost.

const AWAY = "The server does not answer. What you typed is still here: send it again when it is back.";
const SIGNED_OUT = "This page has to be let in again: open /enter in another tab, then send this once more.";
const OWN = "form[hx-morph-skip]"; // forms that refreshing leaves alone, because people type in them
const MOST_TRIES = 3;

const typed = new Map();

const isPost = (context) => context.request.method.toUpperCase() === "POST";
const triesOf = (form) => Number(form.dataset.again ?? 0);
const wordsOf = (form) => new URLSearchParams(new FormData(form)).toString();

function placeFor(form) {
  if (!form.matches(OWN)) return document.getElementById("refused");
  return form.querySelector(".refusal") ?? form.appendChild(Object.assign(document.createElement("p"), { className: "banner banner--problem refusal", role: "alert" }));
}

function say(form, words) {
  const place = placeFor(form);
  place.textContent = words;
  place.hidden = !words;
}

// The forms may carry the token of a visit that is over (cookies deleted, another server key): send it with the present one.
// More than once, because what the page asks for meanwhile may begin yet another visit.
async function sendAgain(form) {
  const clock = document.getElementById("clock");
  form.dataset.again = triesOf(form) + 1;
  const reply = await fetch(clock.getAttribute("hx-get"), { cache: "no-store" }).then((answer) => answer.text(), () => "");
  const present = new DOMParser().parseFromString(reply, "text/html").getElementById("clock")?.dataset.formToken;
  for (const token of present ? document.querySelectorAll("input[name=csrf_token]") : []) token.value = present;
  form.requestSubmit();
}

document.addEventListener("htmx:after:request", (event) => {
  const { ctx } = event.detail;
  if (!isPost(ctx)) return;
  const { status, raw, headers } = ctx.response;
  if (raw.redirected) {
    event.preventDefault(); // it was led to the entrance: nothing was taken in, and that page is no part of this one
    return say(ctx.sourceElement, SIGNED_OUT);
  }
  if (status === 403 && triesOf(ctx.sourceElement) < MOST_TRIES) return void sendAgain(ctx.sourceElement);
  delete ctx.sourceElement.dataset.again;
  const told = (headers.get("Content-Type") ?? "").startsWith("text/plain");
  if (status >= 400) return say(ctx.sourceElement, told ? ctx.text : `This did not work (${status}). Try it again.`);
  say(ctx.sourceElement, "");
  if (!ctx.sourceElement.matches(OWN)) return;
  if (ctx.sourceElement.id === "say") return sendOff(ctx.sourceElement);
  ctx.sourceElement.dataset.sent = wordsOf(ctx.sourceElement);
  watch(ctx.sourceElement);
});

document.addEventListener("htmx:error", ({ detail: { ctx } }) => ctx && isPost(ctx) && say(ctx.sourceElement, AWAY));

// --- a line for the chat: gone from its field when it is sent, back in it when it was not passed on -------------------

let line = "";

function sendOff(form) {
  line = form.elements.text.value;
  form.reset();
  typed.delete(form.id);
}

function bringBack() {
  const field = document.getElementById("say-text");
  if (!field || !document.querySelector("#said[data-failed]") || field.value || !line) return;
  field.value = line;
  line = "";
}

// --- a form that is gone while somebody types in it --------------------------------------------------------------------

function watch(form) {
  const titleId = form.closest("[aria-labelledby]")?.getAttribute("aria-labelledby");
  typed.set(form.id, { form, title: form.getAttribute("aria-label") ?? document.getElementById(titleId)?.textContent ?? "" });
}

function inWords(form) {
  return [...form.elements].filter(isFilled).map((field) => {
    const label = labelOf(field, form).replace(/\s+/g, " ").trim();
    return field.type === "radio" || field.type === "checkbox" ? label : `${label}: ${field.value}`;
  });
}

function labelOf(field, form) {
  return (field.closest("label") ?? form.querySelector(`label[for="${CSS.escape(field.id)}"]`))?.textContent ?? ""; // `labels` knows none in a form that is gone
}

function isFilled(field) {
  if (field.type === "radio" || field.type === "checkbox") return field.checked;
  return field.type !== "hidden" && field.type !== "submit" && field.value?.trim();
}

function keep({ form, title }) {
  const kept = document.getElementById("kept-one").content.cloneNode(true);
  kept.querySelector(".kept__title").textContent = title;
  kept.querySelector("textarea").value = inWords(form).join("\n");
  kept.querySelector("button").addEventListener("click", ({ target }) => target.closest(".kept").remove());
  document.getElementById("kept").append(kept);
}

function lookAfterForms() {
  bringBack();
  for (const [id, entry] of typed) {
    if (entry.form.isConnected) continue;
    typed.delete(id);
    if (wordsOf(entry.form) === entry.form.dataset.sent) showAnswered(entry.title);
    else if (inWords(entry.form).length) keep(entry);
  }
}

// The form was answered from and is gone, and the focus with it: on to what became of the answer.
function showAnswered(title) {
  const closed = document.getElementById("prompts-closed");
  const same = [...document.querySelectorAll("#prompts article")].find((one) => one.querySelector("h2, h3")?.textContent === title);
  if (same && closed?.contains(same)) closed.open = true;
  if (document.activeElement === document.body) same?.querySelector("summary, h3")?.focus();
}

window.addEventListener("beforeunload", (event) => {
  const unsent = ({ form }) => form.isConnected && inWords(form).length && wordsOf(form) !== form.dataset.sent;
  if ([...typed.values()].some(unsent)) event.preventDefault(); // the browser asks whether to leave
});

document.addEventListener("input", ({ target }) => target.form?.matches(OWN) && watch(target.form));
document.addEventListener("htmx:after:swap", lookAfterForms);
