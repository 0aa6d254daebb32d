// The note-taker's screen of a sitting committee. Without it, every button is a plain form.
// What is typed is kept in this tab until the server has it, then forgotten: nothing stays on a shared computer.
"use strict";

const QUIET = 700;
const AGAIN = [2000, 5000, 15000];
const PATIENCE = 2500;
const SKIPPED = ["csrfmiddlewaretoken", "version", "then"];
const FIELDS = { a: "id_summary", c: "id_conditions", q: "id_remark_speaker" };

class Queue {
  constructor(meeting) {
    this.key = `faubourg:live:${meeting}`;
    this.entries = JSON.parse(sessionStorage.getItem(this.key) || "{}");
  }

  get waiting() {
    return Object.entries(this.entries).filter(([, entry]) => !entry.clash && !entry.stuck);
  }

  put(address, entry) {
    this.entries[address] = entry;
    this.keep();
  }

  drop(address) {
    delete this.entries[address];
    this.keep();
  }

  keep() {
    try {
      if (Object.keys(this.entries).length) sessionStorage.setItem(this.key, JSON.stringify(this.entries));
      else sessionStorage.removeItem(this.key);
    } catch {
      // A full or forbidden storage: the words are still in the page.
    }
  }
}

class Desk {
  constructor() {
    this.queue = new Queue(this.root.dataset.meeting);
    this.pages = new Map(); // the points before and after, so that a cut line does not stop the session
    this.saved = new Map(); // what the server has, newer than a page fetched earlier
    this.failures = 0;
    document.addEventListener("input", (event) => event.target.form?.matches("[data-live]") && this.typed());
    document.addEventListener("keydown", (event) => this.pressed(event));
    document.addEventListener("submit", (event) => this.submitted(event), true);
    addEventListener("online", () => this.flush());
    addEventListener("beforeunload", (event) => Object.keys(this.queue.entries).length && event.preventDefault());
    setInterval(() => this.tick(), 1000);
    this.arrive();
  }

  get root() {
    return document.getElementById("direct");
  }

  get form() {
    return this.root.querySelector("form[data-live]:not([hidden])");
  }

  get address() {
    return this.root.dataset.address;
  }

  // -- saving ----------------------------------------------------------------------------------

  read() {
    return [...new FormData(this.form)].filter(([name]) => !SKIPPED.includes(name));
  }

  write(pairs, version) {
    const values = new Map(pairs);
    for (const field of this.form.elements) {
      if (!field.name || field.type === "hidden" || field.type === "submit") continue;
      if (field.type === "radio") field.checked = values.get(field.name) === field.value;
      else field.value = values.get(field.name) || "";
    }
    if (version !== undefined) this.form.elements.namedItem("version").value = version;
  }

  typed(then = "") {
    const known = this.queue.entries[this.address];
    const version = known ? known.version : this.form.elements.namedItem("version").value;
    this.queue.put(this.address, { action: this.form.action, version, pairs: this.read(), then, clash: known?.clash });
    this.say("en cours d'enregistrement…", false);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), QUIET);
  }

  flush() {
    this.flushing = (this.flushing || Promise.resolve()).then(() => this.sendAll());
    return this.flushing;
  }

  async sendAll() {
    clearTimeout(this.timer);
    for (const [address, entry] of this.queue.waiting) {
      try {
        await this.understand(address, entry, await this.send(entry.action, [...entry.pairs, ["version", entry.version], ["then", entry.then]]));
      } catch {
        this.later("hors ligne : ce qui est tapé est gardé ici et partira au retour");
        return;
      }
    }
  }

  send(action, pairs = []) {
    const body = new URLSearchParams([...pairs, ["csrfmiddlewaretoken", this.root.querySelector("[name=csrfmiddlewaretoken]")?.value || ""]]);
    const headers = { "X-Autosave": "1", Accept: "application/json" };
    return fetch(action, { method: "POST", body, headers, redirect: "manual", credentials: "same-origin" });
  }

  async understand(address, entry, response) {
    if (response.type === "opaqueredirect") return this.later("non enregistré : reconnectez-vous dans un autre onglet, puis continuez ici");
    if (response.status >= 500 || response.status === 429) return this.later("non enregistré : le serveur ne répond pas, nous réessayons");
    const answer = (response.headers.get("Content-Type") || "").includes("json") ? await response.json() : {};
    if (!response.ok) return this.refused(address, entry, answer);
    this.failures = 0;
    const newer = this.queue.entries[address] !== entry;
    if (newer) this.queue.put(address, { ...this.queue.entries[address], version: answer.version });
    else this.queue.drop(address);
    const recorded = entry.then && !answer.missing.some((sentence) => sentence.includes("remarque"));
    const pairs = recorded ? entry.pairs.filter(([name]) => !name.startsWith("remark_")) : entry.pairs;
    this.saved.set(address, { pairs, version: answer.version });
    if (address === this.address && this.form) this.form.elements.namedItem("version").value = answer.version;
    if (answer.missing.length) this.tell(answer.missing.join(" "), entry.title);
    if (newer) this.timer = setTimeout(() => this.flush(), QUIET);
    else this.say(answer.message, true);
  }

  refused(address, entry, answer) {
    const latest = this.queue.entries[address] || entry;
    if (answer.current) latest.clash = answer;
    else latest.stuck = answer.message || "non enregistré : rechargez la page ; copiez d'abord ce que vous venez d'écrire";
    this.queue.put(address, latest);
    if (address === this.address && latest.clash) this.showClash(latest);
    else this.tell(latest.stuck || answer.message, entry.title);
    this.say("non enregistré", false);
  }

  later(sentence) {
    this.say(sentence, false);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), AGAIN[Math.min(this.failures, AGAIN.length - 1)]);
    this.failures += 1;
  }

  say(sentence, fine) {
    const state = this.root.querySelector("[data-live-state]");
    state.textContent = sentence;
    state.classList.toggle("live-unsaved", !fine);
  }

  // -- two note-takers -------------------------------------------------------------------------

  showClash(entry) {
    const theirs = new Map(Object.entries(entry.clash.current));
    const mine = new Map(entry.pairs);
    const box = this.alert(entry.clash.message, "Deux personnes ont écrit");
    const list = document.createElement("dl");
    for (const [name, words] of mine) {
      const other = String(theirs.get(name) ?? "");
      if (other === words) continue;
      this.pair(list, this.label(name), [["Enregistré", other], ["Votre saisie", words]]);
    }
    const keep = this.button("Garder ma saisie", "btn btn-primary", () => this.settle(entry, entry.pairs, true));
    const take = this.button("Prendre ce qui est enregistré", "btn btn-secondary", () => this.settle(entry, [...theirs].map(([name, value]) => [name, String(value)]), false));
    box.append(list, keep, take);
  }

  settle(entry, pairs, again) {
    this.write(pairs, entry.clash.version);
    this.queue.drop(this.address);
    this.root.querySelector("[data-live-box]").replaceChildren();
    if (again) this.typed();
    else this.say("repris tel qu'enregistré", true);
  }

  label(name) {
    const field = this.form.elements.namedItem(name);
    const first = field instanceof RadioNodeList ? field[0].closest("fieldset").querySelector("legend") : field?.labels?.[0];
    return first ? first.textContent.trim() : name;
  }

  pair(list, term, values) {
    const title = document.createElement("dt");
    title.textContent = term;
    list.append(title);
    for (const [who, words] of values) {
      const said = document.createElement("dd");
      said.textContent = `${who} : ${words || "(vide)"}`;
      list.append(said);
    }
  }

  alert(sentence, title = "") {
    const box = document.createElement("div");
    box.className = "alert alert-warning";
    box.setAttribute("role", "alert");
    const inside = document.createElement("div");
    const text = document.createElement("p");
    text.textContent = title ? `${title}. ${sentence}` : sentence;
    inside.append(text);
    box.append(inside);
    this.root.querySelector("[data-live-box]").replaceChildren(box);
    return inside;
  }

  tell(sentence, title) {
    this.alert(sentence, title);
  }

  button(label, css, act) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = css;
    button.textContent = label;
    button.addEventListener("click", act);
    return button;
  }

  // -- from one point to another ----------------------------------------------------------------

  arrive() {
    const entry = this.queue.entries[this.address];
    const saved = this.saved.get(this.address);
    if (this.form && entry) {
      this.write(entry.pairs, entry.version);
      if (entry.clash) this.showClash(entry);
      else this.flush();
    } else if (this.form && saved && Number(this.form.elements.namedItem("version").value) < saved.version) {
      this.write(saved.pairs, saved.version);
    } else if (this.queue.waiting.length) {
      this.flush();
    }
    for (const name of ["next", "previous"]) this.fetchAhead(this.root.dataset[name]);
    this.tick();
  }

  async fetchAhead(address) {
    if (!address) return;
    try {
      this.pages.set(address, await this.fetchPage(address));
    } catch {
      // Off line: the page kept earlier, if any, will do.
    }
  }

  async fetchPage(address) {
    const response = await fetch(address, { credentials: "same-origin", redirect: "manual", signal: AbortSignal.timeout(PATIENCE) });
    if (!response.ok) throw new Error(response.status);
    return response.text();
  }

  async turn(address) {
    if (!address || this.turning) return;
    this.turning = true;
    const left = document.getElementById("point").textContent;
    if (this.form) {
      this.typed("leave");
      this.queue.entries[this.address].title = left;
    }
    await Promise.race([this.flush(), new Promise((done) => setTimeout(done, PATIENCE))]);
    const told = this.root.querySelector("[data-live-box]").cloneNode(true);
    if (await this.show(address)) this.begin(told);
    this.turning = false;
  }

  begin(told) {
    this.send(this.root.dataset.show).catch(() => {}); // the projector follows as soon as it can
    const spent = this.root.querySelector("[data-spent]");
    spent.dataset.running = "";
    if (told.textContent.trim() && !this.queue.entries[this.address]?.clash) this.root.querySelector("[data-live-box]").replaceChildren(...told.childNodes);
    document.getElementById("point").focus();
  }

  async show(address) {
    let page = this.pages.get(address);
    try {
      page = await this.fetchPage(address);
    } catch {
      if (!page) {
        this.say("hors ligne : ce point n'est pas encore chargé, restez ici ; ce que vous tapez est gardé", false);
        return false;
      }
    }
    this.pages.set(address, page);
    const read = new DOMParser().parseFromString(page, "text/html");
    const state = this.root.querySelector("[data-live-state]");
    const fresh = document.adoptNode(read.getElementById("direct"));
    if (this.queue.waiting.length) fresh.querySelector("[data-live-state]").replaceWith(state);
    this.root.replaceWith(fresh);
    document.title = read.title;
    history.replaceState(null, "", address);
    this.arrive();
    return true;
  }

  async again(focus) {
    if (await this.show(this.address)) document.getElementById(focus)?.focus();
  }

  async submitted(event) {
    const { target: form, submitter } = event;
    if (!form.closest("#direct")) return;
    if (submitter?.dataset.move) return this.instead(event, () => this.turn(this.root.dataset[submitter.dataset.move]));
    if (form.matches("[data-live]") && submitter?.hasAttribute("formaction") && submitter.dataset.whole === undefined) {
      return this.instead(event, async () => {
        await this.flush();
        await this.send(submitter.formAction).catch(() => this.say("hors ligne : reprenez plus tard", false));
        await this.again("id_remark_text");
      });
    }
    if (form.matches("[data-live]") && ["remark", "stay"].includes(submitter?.value)) return this.instead(event, () => this.record(submitter.value));
    if (this.queue.waiting.length) {
      this.instead(event, async () => {
        await this.flush();
        form.requestSubmit(submitter);
      });
    }
    return undefined;
  }

  instead(event, act) {
    event.preventDefault();
    event.stopPropagation();
    act();
  }

  async record(what) {
    this.typed(what);
    await this.flush();
    const told = this.root.querySelector("[data-live-box]").cloneNode(true);
    if (this.queue.entries[this.address]) return;
    await this.again(what === "remark" ? "id_remark_speaker" : "point");
    this.root.querySelector("[data-live-box]").replaceChildren(...told.childNodes);
  }

  // -- keys ------------------------------------------------------------------------------------

  pressed(event) {
    const { key, target } = event;
    if (event.altKey || event.metaKey) return;
    if (event.ctrlKey) {
      if (key === "Enter" && /^id_remark/.test(target.id)) this.instead(event, () => this.record("remark"));
      return;
    }
    const isField = target.matches("textarea, select, input:not([type=radio]):not([type=checkbox])");
    if (key === "Escape" && (isField || target.closest("details"))) {
      document.getElementById("point").focus();
      return;
    }
    if (isField || !document.getElementById("touches-actives").checked) return;
    const act = this.act(key.toLowerCase(), target);
    if (act) this.instead(event, act);
  }

  act(key, target) {
    const radio = this.form?.querySelector(`[data-key="${CSS.escape(key)}"]`);
    if (radio) return () => this.choose(radio);
    const moves = { n: "next", p: "previous", ...(target.type === "radio" ? {} : { arrowright: "next", arrowleft: "previous" }) };
    if (moves[key]) return () => this.turn(this.root.dataset[moves[key]]);
    if (key === "e") return () => this.flush().then(() => this.goToTheSheet());
    const decide = key === "d" && document.getElementById("decider");
    if (decide) return () => this.flush().then(() => decide.click());
    if (key === "?") return () => this.fold("touches", "summary");
    if (key === "o") return () => this.fold("deport", "select");
    if (key === "s") return () => this.fold("reporter", "input:not([type=hidden])");
    const field = key === "m" ? this.form?.querySelector(".mentions input") : document.getElementById(FIELDS[key]);
    return field ? () => field.focus() : undefined;
  }

  goToTheSheet() {
    const link = document.getElementById("presences");
    link.search = `?point=${this.root.dataset.point}`;
    link.click();
  }

  choose(radio) {
    radio.checked = true;
    radio.dispatchEvent(new Event("input", { bubbles: true }));
  }

  fold(id, first) {
    const fold = document.getElementById(id);
    if (!fold) return;
    fold.open = id !== "touches" || !fold.open;
    fold.querySelector(first)?.focus();
  }

  tick() {
    const spent = this.root.querySelector("[data-spent]");
    if (spent.dataset.running === undefined) return;
    const seconds = Number(spent.dataset.spent) + 1;
    spent.dataset.spent = seconds;
    spent.textContent = `${Math.floor(seconds / 60)} min`;
    spent.classList.toggle("live-late", seconds > Number(spent.dataset.planned) * 60);
  }
}

new Desk();
