// A lost session or a closed lid loses no words: what is typed and not yet saved is kept in this tab, and offered
// again when the page comes back. Forgotten as soon as the server has it.
"use strict";

class Kept {
  constructor(form) {
    this.form = form;
    this.key = `faubourg:${form.getAttribute("action")}`;
    this.shown = this.read();
    this.offer();
    form.addEventListener("input", () => this.keep());
    const status = form.querySelector("[data-save-state]");
    if (status) new MutationObserver(() => this.onSaved(status)).observe(status, { childList: true, characterData: true });
  }

  read() {
    const skipped = ["csrfmiddlewaretoken", "version", "page"];
    return JSON.stringify([...new FormData(this.form)].filter(([name, value]) => !skipped.includes(name) && typeof value === "string" && value));
  }

  keep() {
    try {
      sessionStorage.setItem(this.key, this.read());
    } catch {
      // A full or forbidden storage: saving on the server goes on without it.
    }
  }

  onSaved(status) {
    if (!status.classList.contains("is-unsaved") && sessionStorage.getItem(this.key) === this.read()) this.forget();
  }

  forget() {
    sessionStorage.removeItem(this.key);
  }

  offer() {
    const kept = sessionStorage.getItem(this.key);
    if (!kept) return;
    if (kept === this.shown) {
      this.forget();
      return;
    }
    const box = document.createElement("div");
    box.className = "alert alert-warning";
    box.setAttribute("role", "status");
    const text = document.createElement("p");
    text.textContent = "Des mots tapés sur cette page n'ont pas été enregistrés. Voulez-vous les remettre ?";
    box.append(text, this.button("Les remettre", "btn btn-primary", () => this.restore(JSON.parse(kept))), this.button("Les oublier", "btn btn-quiet", () => this.forget()));
    this.form.before(box);
    this.box = box;
  }

  button(label, css, act) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = css;
    button.textContent = label;
    button.addEventListener("click", () => {
      act();
      this.box.remove();
    });
    return button;
  }

  restore(pairs) {
    const values = new Map();
    for (const [name, value] of pairs) values.set(name, [...(values.get(name) || []), value]);
    for (const field of this.form.elements) {
      if (!field.name || field.type === "hidden" || field.type === "submit" || field.type === "file") continue;
      const wanted = values.get(field.name) || [];
      if (field.type === "checkbox" || field.type === "radio") field.checked = wanted.includes(field.value);
      else field.value = wanted[0] || "";
    }
    this.form.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

for (const form of document.querySelectorAll("form[data-keep]")) new Kept(form);
