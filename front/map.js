// A map one can move, over the drawing that every page shows without it. Needs Leaflet (leaflet.js, before).
// <div data-map="/quartiers/contours.geojson?q=QN03014M" aria-label="…" data-tiles="https://…/{z}/{x}/{y}.png"
//   data-credit="© …" hidden>; [data-map-instead] is what it takes the place of; in a <details>, it waits.
"use strict";

const WORDS = {
  zoomInTitle: "Agrandir", zoomOutTitle: "Réduire",
  waiting: "La carte arrive…",
  failed: "La carte n'a pas pu être chargée : la liste dit la même chose.",
};

class OutlineMap {
  constructor(box) {
    this.box = box;
    this.instead = document.querySelector("[data-map-instead]");
    const fold = box.closest("details");
    if (!fold || fold.open) this.start();
    else fold.addEventListener("toggle", () => this.start(), { once: true });
  }

  async start() {
    const said = this.box.textContent;
    this.box.textContent = WORDS.waiting;
    try {
      const answer = await fetch(this.box.dataset.map);
      if (!answer.ok) throw new Error(answer.status);
      this.draw(await answer.json());
    } catch {
      this.box.textContent = said.trim() || WORDS.failed;
      this.box.hidden = Boolean(this.instead);
    }
  }

  draw(book) {
    const known = { ...book, features: book.features.filter((one) => one.geometry) };
    if (!known.features.length) throw new Error("no outline");
    this.box.hidden = false;
    this.box.textContent = "";
    this.box.classList.add("map-live");
    const map = L.map(this.box, { attributionControl: false, zoomControl: false, zoomAnimation: false });
    L.control.zoom(WORDS).addTo(map);
    L.control.scale({ imperial: false }).addTo(map);
    if (this.box.dataset.tiles) {
      L.control.attribution({ prefix: false }).addTo(map);
      const credit = document.createElement("span");
      credit.textContent = this.box.dataset.credit;
      L.tileLayer(this.box.dataset.tiles, { maxZoom: 19, attribution: credit.innerHTML }).addTo(map);
    }
    const outlines = L.geoJSON(known, {
      style: { className: "map-outline", weight: 2 },
      onEachFeature: (feature, layer) => this.name(feature.properties, layer, known.features.length > 1),
    }).addTo(map);
    map.fitBounds(outlines.getBounds(), { padding: [12, 12], maxZoom: 17 });
    this.instead?.classList.add("map-replaced");
  }

  name(place, layer, leads) {
    const words = document.createElement("span");
    words.textContent = `${place.lib_qp} · ${place.code_qp}`;
    layer.bindTooltip(words, { sticky: true });
    if (leads) layer.on("click", () => location.assign(`${this.box.dataset.page}${place.code_qp}/`));
  }
}

document.querySelectorAll("[data-map]").forEach((box) => new OutlineMap(box));
