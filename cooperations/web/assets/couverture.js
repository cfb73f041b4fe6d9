/* The matrix as a map: each territory says in text what its colour says. Adds one layer to those of carte.js. */
(function () {
  "use strict";
  function getJson(address) {
    return fetch(address).then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error(answer.status))));
  }

  function text(words) {
    const made = document.createElement("span");
    made.textContent = words;
    return made;
  }

  /* What one territory shows: words, a short sign, and how dark it is, from 0 to 1. */
  function said(table, row, shade) {
    const column = table.colonnes.findIndex((one) => one.code === shade);
    if (column < 0) {
      const types = table.colonnes.filter((one) => !one.partie).length;
      const missing = row.manques + (row.manques < 2 ? " type manquant" : " types manquants");
      return { words: row.libelle + "\u00a0: " + missing + " sur " + types, sign: String(row.manques), share: row.manques / types };
    }
    const cell = row.cases[column];
    const most = Math.max(1, ...table.lignes.map((one) => one.cases[column].nombre));
    return { words: row.libelle + "\u00a0: " + cell.texte, sign: cell.etat === "couvert" ? cell.valeur : table.etats[cell.etat][0], share: cell.nombre / most, state: cell.etat };
  }

  const Couverture = L.Layer.extend({
    initialize(options) {
      L.setOptions(this, options);
    },
    onAdd(map) {
      this._map = map;
      this._group = L.layerGroup().addTo(map);
      if (!map.getPane("couverture")) map.createPane("couverture").style.zIndex = 360;
      const [west, south, east, north] = this.options.cadre;
      map.fitBounds([[south, west], [north, east]], { animate: false, padding: [8, 8] });
      Promise.all([getJson(this.options.contours), getJson(this.options.adresse)])
        .then(([outlines, table]) => this._draw(outlines, table))
        .catch(() => this._say("La carte n’a pas pu être chargée. Rechargez la page."));
    },
    onRemove(map) {
      map.removeLayer(this._group);
      if (this._key) map.removeControl(this._key);
    },
    _draw(outlines, table) {
      const rows = new Map(table.lignes.map((row) => [row.cle, row]));
      const code = ({ properties }) => this.options.niveau + ":" + (properties.code_siren || properties.code_insee);
      const drawn = L.geoJSON(outlines, {
        pane: "couverture",
        filter: (feature) => rows.has(code(feature)),
        onEachFeature: (feature, shape) => this._shape(shape, rows.get(code(feature)), table),
      });
      this._group.addLayer(drawn);
      this._explain(table);
      this._map.getContainer().setAttribute("data-couverture", this.options.teinte);
    },
    _shape(shape, row, table) {
      const { words, sign, share, state } = said(table, row, this.options.teinte);
      shape.setStyle({
        color: state === "non_enquete" ? "var(--texte)" : "var(--trait)", weight: state === "non_enquete" ? 2.5 : 1.5,
        dashArray: state === "non_enquete" ? "4 5" : null,
        fillColor: "var(--accent)", fillOpacity: 0.06 + 0.6 * share,
      });
      shape.bindTooltip(() => text(words), { sticky: true });
      shape.on("click", () => window.Streamlit && window.Streamlit.setComponentValue({ evenement: "territoire", valeur: row.cle, n: Date.now() }));
      shape.on("add", () => {
        const path = shape.getElement();
        path.setAttribute("tabindex", "0");
        path.setAttribute("role", "button");
        path.setAttribute("aria-label", words);
        path.addEventListener("keydown", (event) => event.key === "Enter" && shape.fire("click"));
      });
      const label = L.divIcon({ className: "coop-etiquette", html: text(sign), iconSize: [30, 22] });
      this._group.addLayer(L.marker(shape.getBounds().getCenter(), { icon: label, interactive: false, keyboard: false }));
    },
    /* What the shades and the dashes mean. */
    _explain(table) {
      const column = table.colonnes.findIndex((one) => one.code === this.options.teinte);
      const types = table.colonnes.filter((one) => !one.partie).length;
      const most = column < 0 ? types : Math.max(1, ...table.lignes.map((row) => row.cases[column].nombre));
      const unit = (column < 0 ? "type manquant" : "pratique").replaceAll(/\b(\w+)/g, most < 2 ? "$1" : "$1s");
      const items = [["coop-note-teinte", "Teinte\u00a0: de 0 à " + most + " " + unit]];
      if (column >= 0) items.push(["coop-note-tirets", "Tirets\u00a0: non enquêté"]);
      this._key = this._box("bottomright", ...items.map(([name, words]) => {
        const line = document.createElement("div");
        const sign = document.createElement("i");
        sign.className = name;
        line.className = "coop-note";
        line.append(sign, text(words));
        return line;
      }));
    },
    _say(words) {
      this._box("topright", words).getContainer().setAttribute("role", "alert");
    },
    _box(position, ...content) {
      const note = L.control({ position });
      note.onAdd = () => {
        const box = document.createElement("div");
        box.className = "coop-legende";
        box.append(...content);
        return box;
      };
      return note.addTo(this._map);
    },
  });

  L.cooperations = Object.assign(L.cooperations || {}, { couverture: (options) => new Couverture(options) });
})();
