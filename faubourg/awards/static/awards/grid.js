// The cells of a scenario, written in place: one input that moves from cell to cell, sums that follow, only what
// changed sent to the server. Without this file each line has its own form (the pencil).
"use strict";

const AFTER = 700; // milliseconds of quiet before saving
const RETRIES = [3000, 10000, 30000];

const cents = (text) => Math.round(Number(text.replace(/[\s\u00a0\u202f€]/g, "").replace("−", "-").replace(",", ".")) * 100) || 0;
const euros = (value) => {
  const digits = value % 100 ? 2 : 0;
  const text = (Math.abs(value) / 100).toLocaleString("fr-FR", { minimumFractionDigits: digits, maximumFractionDigits: digits });
  return `${value < 0 ? "−" : ""}${text.replace(/\u202f/g, "\u00a0")}`;
};

// "3 000 L" waits: it takes nothing from the envelope.
function understand(text) {
  const waits = /l\s*$/i.test(text);
  const amount = cents(text.replace(/l\s*$/i, ""));
  return { amount, spends: waits ? 0 : amount, waits: waits ? amount : 0 };
}

function shares(amount, count) {
  const part = Math.floor(amount / count);
  return Array.from({ length: count }, (_, place) => part + (place < amount - part * count ? 1 : 0));
}

class Grid {
  constructor(table) {
    this.table = table;
    this.bar = document.querySelector("[data-grid-bar]");
    this.state = this.bar.querySelector("[data-grid-state]");
    this.why = this.bar.querySelector("[data-grid-why]");
    this.list = document.querySelector("[data-grid-problems]");
    this.rows = [...table.tBodies[1].rows];
    this.first = 2; // after the dossier and the opinion
    this.width = table.querySelectorAll("[data-left]").length;
    this.heads = [...table.tHead.rows[0].cells].slice(this.first, this.first + this.width).map((cell) => cell.textContent);
    this.refused = new Map(); // cell → { text typed, problem }
    this.waiting = new Map(); // cells to send
    this.done = [];
    this.undone = [];
    this.failures = 0;
    this.makeInput();
    this.bar.hidden = false;
    this.listen();
    const first = table.querySelector("[data-cell]");
    if (first) this.enter(first, false);
    this.show();
  }

  makeInput() {
    this.input = document.createElement("input");
    this.input.className = "grid-input";
    this.input.autocomplete = "off";
    this.input.setAttribute("inputmode", "decimal");
    this.input.setAttribute("aria-describedby", "grid-why");
  }

  listen() {
    this.table.addEventListener("mousedown", (event) => {
      const cell = event.target.closest("[data-cell]");
      if (!cell || event.target === this.input) return;
      event.preventDefault();
      this.leave();
      this.enter(cell);
    });
    this.input.addEventListener("keydown", (event) => this.onKey(event));
    this.input.addEventListener("focus", () => this.tell());
    this.input.addEventListener("blur", () => !this.moving && this.commit());
    this.bar.querySelector("[data-grid-undo]").addEventListener("click", () => this.undo());
    this.bar.querySelector("[data-grid-redo]").addEventListener("click", () => this.redo());
    addEventListener("online", () => this.plan(0));
    addEventListener("beforeunload", (event) => this.waiting.size && event.preventDefault());
  }

  // -- moving ------------------------------------------------------------------------------------

  enter(cell, focus = true) {
    this.moving = true;
    this.cell = cell;
    const refused = this.refused.get(cell);
    this.input.value = refused ? refused.text : cell.firstChild.textContent;
    this.input.setAttribute("aria-label", this.name(cell));
    this.input.toggleAttribute("aria-invalid", Boolean(refused));
    if (refused) this.input.setAttribute("aria-invalid", "true");
    cell.firstChild.hidden = true;
    cell.prepend(this.input);
    this.moving = false;
    if (focus) {
      this.input.focus();
      this.input.select();
      this.tell();
    }
  }

  // The input goes away; the words of the cell come back, as they are now.
  leave() {
    if (!this.cell) return;
    this.commit();
    this.moving = true;
    this.input.remove();
    this.cell.firstChild.hidden = false;
    this.moving = false;
  }

  name(cell) {
    const title = cell.parentElement.cells[0].querySelector("a").textContent;
    return `${title}, ${this.heads[cell.cellIndex - this.first]}, ${cell.querySelector("small").innerText.replace(/\n/g, ", ")}`;
  }

  go(down, right) {
    let row = this.rows.indexOf(this.cell.parentElement);
    let column = this.cell.cellIndex;
    for (;;) {
      row += down;
      column += right;
      const cell = this.rows[row]?.cells[column];
      if (!cell || column < this.first || column >= this.first + this.width) return this.commit();
      if (cell.dataset.cell) {
        this.leave();
        this.enter(cell);
        cell.scrollIntoView({ block: "nearest", inline: "nearest" });
        return;
      }
    }
  }

  onKey(event) {
    const { key } = event;
    const whole = this.input.selectionStart === 0 && this.input.selectionEnd === this.input.value.length;
    const command = event.ctrlKey || event.metaKey;
    let act = null;
    if (command && key.toLowerCase() === "z") act = () => (event.shiftKey ? this.redo() : this.undo());
    else if (command && key.toLowerCase() === "y") act = () => this.redo();
    else if (command || event.altKey) return;
    else if (key === "Enter") act = () => { this.commit(true); this.go(event.shiftKey ? -1 : 1, 0); };
    else if (key === "ArrowDown") act = () => this.go(1, 0);
    else if (key === "ArrowUp") act = () => this.go(-1, 0);
    else if (key === "ArrowRight" && whole) act = () => this.go(0, 1);
    else if (key === "ArrowLeft" && whole) act = () => this.go(0, -1);
    else if (key === "Escape") act = () => this.giveUp();
    if (!act) return;
    event.preventDefault();
    act();
  }

  giveUp() {
    this.refused.delete(this.cell);
    this.mark(this.cell);
    this.input.value = this.words(this.cell);
    this.input.removeAttribute("aria-invalid");
    this.input.select();
    this.show();
    this.tell();
  }

  // -- writing -----------------------------------------------------------------------------------

  words(cell) {
    return cell.querySelector("b").textContent;
  }

  commit(again = false) {
    const typed = this.input.value.trim();
    const refused = this.refused.get(this.cell);
    if (refused && refused.text === typed && !again) return;
    if (!refused && typed === this.words(this.cell)) return;
    this.done.push([this.cell, this.words(this.cell), typed]);
    this.undone = [];
    this.write(this.cell, typed);
  }

  write(cell, text) {
    this.refused.delete(cell);
    const before = this.words(cell);
    const { amount, waits } = understand(text);
    const readable = /^[\s\d\u00a0\u202f.,€]*l?\s*$/i.test(text);
    const shown = !readable ? text : text === "" ? "" : `${euros(amount)}${waits ? " L" : ""}`;
    cell.querySelector("b").textContent = shown;
    if (cell === this.cell) this.input.value = shown;
    this.add(cell, before, shown);
    this.waiting.set(cell, shown);
    this.mark(cell);
    this.show();
    this.plan(AFTER);
  }

  undo() {
    this.replay(this.done, this.undone, 1);
  }

  redo() {
    this.replay(this.undone, this.done, 2);
  }

  replay(from, to, which) {
    const step = from.pop();
    if (!step) return this.say(which === 1 ? "rien à annuler" : "rien à rétablir");
    to.push(step);
    this.moving = true;
    this.input.remove();
    this.cell.firstChild.hidden = false;
    this.moving = false;
    this.write(step[0], step[which]);
    this.enter(step[0]);
    step[0].scrollIntoView({ block: "nearest", inline: "nearest" });
    return undefined;
  }

  // -- sums, as one types ------------------------------------------------------------------------

  add(cell, before, after) {
    const [was, is] = [understand(before), understand(after)];
    const column = cell.cellIndex - this.first;
    this.bump(`[data-spent="${column}"]`, is.spends - was.spends);
    this.bump('[data-spent="all"]', is.spends - was.spends);
    this.bump(`[data-left="${column}"]`, was.spends - is.spends);
    this.bump(`[data-waiting="${column}"]`, is.waits - was.waits);
    const total = cell.parentElement.querySelector("[data-total]");
    const gap = cell.parentElement.querySelector("[data-gap]");
    const sum = cents(total.textContent);
    total.textContent = euros(sum + is.spends - was.spends);
    gap.textContent = euros(cents(gap.textContent) + is.spends - was.spends);
    this.cover(cell.parentElement.dataset.covers, sum, sum + is.spends - was.spends);
  }

  bump(where, change) {
    const cell = this.table.querySelector(where);
    if (cell && /\d/.test(cell.textContent)) cell.textContent = `${euros(cents(cell.textContent) + change)}\u00a0€`;
  }

  cover(keys, before, after) {
    const groups = new Map();
    for (const key of keys.split(" ").filter(Boolean)) groups.set(key[0], [...(groups.get(key[0]) || []), key]);
    for (const group of groups.values()) {
      const [was, is] = [shares(before, group.length), shares(after, group.length)];
      group.forEach((key, place) => {
        const [, number, amount] = document.querySelector(`[data-line="${key}"]`).cells;
        number.textContent = Number(number.textContent) + (after ? 1 : 0) - (before ? 1 : 0);
        amount.textContent = `${euros(cents(amount.textContent) + is[place] - was[place])}\u00a0€`;
      });
    }
  }

  // -- what is wrong -----------------------------------------------------------------------------

  mark(cell) {
    const text = this.words(cell);
    const { waits } = understand(text);
    cell.className = `num cell-${waits ? "waiting" : text ? "granted" : "open"}${this.refused.has(cell) ? " is-refused" : ""}`;
  }

  // The same sentences as the server's: a column beyond its envelope, a line beyond the cost of its action.
  problems() {
    const found = [];
    for (const [cell, { text, problem }] of this.refused) found.push([cell.parentElement.id, `${this.name(cell).split(",")[0]}, « ${text} » : ${problem}`]);
    for (const left of this.table.querySelectorAll("[data-left]")) {
      const value = cents(left.textContent);
      left.classList.toggle("is-short", value < 0);
      if (value < 0) found.push([left.id, `${left.dataset.name} : il manque ${euros(-value)}\u00a0€ dans l'enveloppe. Baissez des montants, ou mettez des dossiers sur la liste complémentaire (un L après le montant).`]);
    }
    for (const row of this.rows) {
      const total = row.querySelector("[data-total]");
      const most = row.dataset.most;
      const wrong = most !== "" && cents(total.textContent) > Math.max(Number(most), 0);
      total.classList.toggle("is-short", wrong);
      if (wrong) found.push([row.id, `${row.cells[0].querySelector("a").textContent} : le total des aides publiques dépasserait le coût de l'action ; au plus ${euros(Math.max(Number(most), 0))}\u00a0€.`]);
    }
    return found;
  }

  show() {
    const found = this.problems();
    this.found = new Map(found);
    this.list.hidden = !found.length;
    const items = found.map(([where, why]) => {
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = `#${where}`;
      link.textContent = why;
      item.append(link);
      return item;
    });
    this.list.querySelector("ul").replaceChildren(...items);
  }

  tell() {
    const refused = this.refused.get(this.cell);
    const column = this.table.querySelector(`[data-left="${this.cell.cellIndex - this.first}"]`);
    const told = [refused?.problem, this.found?.get(column.id), this.found?.get(this.cell.parentElement.id)];
    this.why.textContent = refused ? refused.problem : told.filter(Boolean).join(" ");
  }

  // -- saving ------------------------------------------------------------------------------------

  say(sentence, fine = true) {
    this.state.textContent = sentence;
    this.state.classList.toggle("is-unsaved", !fine);
  }

  plan(delay) {
    clearTimeout(this.timer);
    if (this.waiting.size) this.timer = setTimeout(() => this.save(), delay);
  }

  async save() {
    if (this.busy) return this.plan(AFTER);
    this.busy = true;
    const sent = [...this.waiting].slice(0, 400);
    const body = new URLSearchParams(sent.map(([cell, text]) => ["cell", `${cell.dataset.cell}.${text}`]));
    try {
      const headers = { "X-CSRFToken": this.table.dataset.token, Accept: "application/json" };
      const answer = await fetch(this.table.dataset.grid, { method: "POST", body, headers, redirect: "manual", credentials: "same-origin" });
      if (answer.ok) this.receive(sent, await answer.json());
      else this.refuseAll(answer);
    } catch {
      this.later();
    }
    this.busy = false;
    if (!this.failures) this.plan(AFTER);
    return undefined;
  }

  receive(sent, results) {
    this.failures = 0;
    for (const [cell, text] of sent) {
      const result = results[cell.dataset.cell.split(".")[0]];
      if (this.waiting.get(cell) === text) this.waiting.delete(cell);
      if (!result) continue;
      cell.dataset.cell = `${cell.dataset.cell.split(".")[0]}.${result.version}`;
      if (result.problem) this.refuse(cell, text, result);
    }
    const now = new Date().toLocaleTimeString("fr-FR", { hour: "2-digit", minute: "2-digit", timeZone: "Europe/Paris" });
    const wrong = this.refused.size;
    this.say(wrong ? `${wrong} case${wrong > 1 ? "s" : ""} refusée${wrong > 1 ? "s" : ""} : voyez la liste sous le tableau` : `enregistré à ${now}`, !wrong);
    this.show();
    this.tell();
  }

  // What was typed stays in sight, in red; the sums go back to what the server holds.
  refuse(cell, text, result) {
    if (this.waiting.has(cell)) return; // typed again meanwhile
    this.add(cell, this.words(cell), result.text);
    cell.querySelector("b").textContent = result.text;
    this.refused.set(cell, { text, problem: result.problem });
    if (cell === this.cell) {
      this.input.value = text;
      this.input.setAttribute("aria-invalid", "true");
    }
    this.mark(cell);
  }

  refuseAll(answer) {
    if (answer.status >= 500 || answer.status === 429) return this.later();
    this.failures = 1;
    return this.say("non enregistré — rechargez la page dans un autre onglet, reconnectez-vous, puis continuez ici", false);
  }

  later() {
    this.say("non enregistré — hors ligne, nous réessayons", false);
    const delay = RETRIES[Math.min(this.failures, RETRIES.length - 1)];
    this.failures += 1;
    setTimeout(() => { this.failures = 0; this.plan(0); }, delay);
  }
}

for (const table of document.querySelectorAll("[data-grid]")) if (table.tBodies[1]?.rows.length) new Grid(table);
