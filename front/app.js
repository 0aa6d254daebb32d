// What the browser adds when it can. Every page works without it.
"use strict";

// Drafts that save themselves -------------------------------------------------------------------
// <form data-autosave="/address/"> (or its own action) … <p role="status" data-save-state></p>
// The server answers 204, or JSON: {"version": 7} fills the field `version`, {"message": "…"} is shown.

const PAUSE = 1500;
const RETRY = [3000, 10000, 30000];

class Autosave {
  constructor(form) {
    this.form = form;
    this.status = form.querySelector("[data-save-state]");
    this.typed = 0; // counts changes, to know what a reply is about
    this.saved = 0;
    this.failures = 0;
    this.busy = false;
    this.stopped = false;
    form.addEventListener("input", () => this.changed(PAUSE));
    form.addEventListener("focusout", () => this.typed !== this.saved && this.plan(0));
    form.addEventListener("submit", () => this.stop());
    addEventListener("pageshow", () => { this.stopped = false; });
    addEventListener("online", () => this.typed !== this.saved && this.plan(0));
    addEventListener("beforeunload", (event) => this.typed !== this.saved && !this.stopped && event.preventDefault());
  }

  changed(delay) {
    this.typed += 1;
    this.plan(delay);
  }

  plan(delay) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), delay);
  }

  stop() {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  async save() {
    if (this.busy || this.stopped || this.typed === this.saved) return;
    this.busy = true;
    const upTo = this.typed;
    try {
      await this.understand(await this.send(), upTo);
    } catch {
      this.later();
    }
    this.busy = false;
    if (this.failures === 0 && this.typed !== this.saved && !this.stopped) this.plan(PAUSE);
  }

  send() {
    const body = new FormData(this.form);
    for (const [name, value] of [...body]) if (value instanceof File) body.delete(name);
    const address = this.form.dataset.autosave || this.form.action;
    const headers = { "X-Autosave": "1", Accept: "application/json" };
    return fetch(address, { method: "POST", body, headers, redirect: "manual", credentials: "same-origin" });
  }

  async understand(response, upTo) {
    if (response.type === "opaqueredirect" || response.status === 401) return this.giveUp("non enregistré — reconnectez-vous dans un autre onglet, puis continuez ici");
    if (response.status >= 500 || response.status === 429) return this.later();
    const json = (response.headers.get("Content-Type") || "").includes("json") ? await response.json() : {};
    if (!response.ok) return this.giveUp(json.message || "non enregistré — rechargez la page ; copiez d'abord ce que vous venez d'écrire");
    const version = this.form.elements.namedItem("version");
    if (version && json.version !== undefined) version.value = json.version;
    this.saved = upTo;
    this.failures = 0;
    return this.say(json.message || `enregistré à ${clock()}`, true);
  }

  later() {
    this.say("non enregistré — hors ligne, nous réessayons", false);
    this.plan(RETRY[Math.min(this.failures, RETRY.length - 1)]);
    this.failures += 1;
  }

  // The next change tries again, but nothing repeats by itself.
  giveUp(sentence) {
    this.failures = 1;
    this.say(sentence, false);
  }

  say(sentence, fine) {
    if (!this.status) return;
    this.status.textContent = sentence;
    this.status.classList.toggle("is-unsaved", !fine);
  }
}

function clock() {
  return new Date().toLocaleTimeString("fr-FR", { hour: "2-digit", minute: "2-digit", timeZone: "Europe/Paris" });
}

// One click, one act ----------------------------------------------------------------------------

function guardAgainstDoubleSubmit(event) {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (form.dataset.sending) {
    event.preventDefault();
    return;
  }
  form.dataset.sending = "1";
  for (const button of submitButtons(form)) button.setAttribute("aria-disabled", "true");
  setTimeout(() => release(form), 15000); // a download leaves the page in place
}

function submitButtons(form) {
  return [...form.elements].filter((element) => element.type === "submit");
}

function release(form) {
  delete form.dataset.sending;
  for (const button of submitButtons(form)) button.removeAttribute("aria-disabled");
}

// Sums: <input data-sum-group="expenses"> … <output data-sum-of="expenses"> ----------------------
// <output data-balance-of="expenses incomes" data-missing="de charges|de produits"> says what the smaller one lacks.
// <output data-rate-of="asked incomes"> says which share of the second the first is.

function readEuros(text) {
  const cleaned = text.replace(/[\s\u00a0\u202f€]/g, "").replace(",", ".");
  if (cleaned === "") return 0;
  return /^-?\d+(\.\d{1,2})?$/.test(cleaned) ? Math.round(Number(cleaned) * 100) : NaN;
}

function writeEuros(cents) {
  const digits = cents % 100 === 0 ? 0 : 2;
  const text = (cents / 100).toLocaleString("fr-FR", { minimumFractionDigits: digits, maximumFractionDigits: digits });
  return `${text.replace(/\u202f/g, "\u00a0").replace("-", "−")}\u00a0€`;
}

function sumOf(group) {
  const inputs = document.querySelectorAll(`[data-sum-group~="${CSS.escape(group)}"]`);
  return [...inputs].reduce((total, input) => total + readEuros(input.value), 0);
}

function sayBalance(gap, missing) {
  if (Number.isNaN(gap)) return "à vérifier";
  if (gap === 0) return "équilibré";
  return `il manque ${writeEuros(Math.abs(gap))} ${missing[gap < 0 ? 0 : 1] || ""}`.trim();
}

function showSums() {
  for (const output of document.querySelectorAll("[data-sum-of]")) {
    const total = sumOf(output.dataset.sumOf);
    output.textContent = Number.isNaN(total) ? "à vérifier" : writeEuros(total);
  }
  for (const output of document.querySelectorAll("[data-balance-of]")) {
    const [left, right] = output.dataset.balanceOf.split(" ").map(sumOf);
    output.textContent = sayBalance(left - right, (output.dataset.missing || "").split("|"));
  }
  for (const output of document.querySelectorAll("[data-rate-of]")) {
    const [part, whole] = output.dataset.rateOf.split(" ").map(sumOf);
    const rate = (part / whole) * 100;
    output.textContent = Number.isFinite(rate) ? `${rate.toLocaleString("fr-FR", { maximumFractionDigits: 1 })}\u00a0%` : "–";
  }
}

// Arrows and Enter in <table data-grid> ---------------------------------------------------------

const MOVES = { ArrowUp: [-1, 0], ArrowDown: [1, 0], Enter: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

function moveInGrid(event) {
  const input = event.target;
  const move = MOVES[event.key];
  if (!move || event.ctrlKey || event.altKey || event.metaKey || !input.matches("table[data-grid] input")) return;
  if (move[1] && !atEdge(input, move[1])) return;
  const [down, right] = event.key === "Enter" && event.shiftKey ? [-1, 0] : move;
  const next = neighbour(input, down, right);
  if (next || event.key === "Enter") event.preventDefault();
  if (next) {
    next.focus();
    if (next.select) next.select();
  }
}

function atEdge(input, direction) {
  const { selectionStart: start, selectionEnd: end, value } = input;
  if (start === null || (start === 0 && end === value.length)) return true;
  return direction < 0 ? end === 0 : start === value.length;
}

function neighbour(input, down, right) {
  const cell = input.closest("td, th");
  const rows = [...input.closest("table").rows];
  if (right) {
    const inputs = gridInputs(cell.parentElement);
    return inputs[inputs.indexOf(input) + right];
  }
  for (let index = rows.indexOf(cell.parentElement) + down; rows[index]; index += down) {
    const found = rows[index].cells[cell.cellIndex] && gridInputs(rows[index].cells[cell.cellIndex])[0];
    if (found) return found;
  }
  return undefined;
}

function gridInputs(place) {
  return [...place.querySelectorAll("input:not([type=hidden]):not(:disabled)")];
}

// ------------------------------------------------------------------------------------------------

for (const form of document.querySelectorAll("form[data-autosave]")) new Autosave(form);
document.addEventListener("submit", guardAgainstDoubleSubmit);
addEventListener("pageshow", () => { for (const form of document.forms) release(form); });
document.addEventListener("keydown", moveInGrid);
document.addEventListener("input", (event) => event.target.matches("[data-sum-group]") && showSums());
showSums();
document.querySelector("[data-error-summary]")?.focus();

// A paper sheet typed field by field: Enter goes to the next one, and sends after the last -----------------
// <form data-enter-next>

document.addEventListener("keydown", (event) => {
  const form = event.key === "Enter" && event.target.matches("input") && event.target.closest("form[data-enter-next]");
  if (!form) return;
  const fields = [...form.querySelectorAll("input:not([type=hidden])")];
  const next = fields[fields.indexOf(event.target) + 1];
  if (!next) return;
  event.preventDefault();
  next.focus();
});
