/* Meetings on the map: one sign per place, with their number; its bubble names them, and opens them. */
(function () {
  "use strict";
  function element(tag, attributes, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.append(...children);
    return made;
  }

  const Rencontres = L.Layer.extend({
    initialize(options) {
      L.setOptions(this, options);
    },
    onAdd(map) {
      this._group = L.layerGroup((this.options.lieux || []).map((place) => this._sign(place))).addTo(map);
      const [west, south, east, north] = this.options.cadre;
      map.fitBounds([[south, west], [north, east]], { animate: false, padding: [8, 8], maxZoom: 12 });
      map.getContainer().setAttribute("data-rencontres", String((this.options.lieux || []).length));
    },
    onRemove(map) {
      map.removeLayer(this._group);
    },
    _sign(place) {
      const past = place.rencontres.every((one) => one.passee);
      const icon = L.divIcon({ className: "coop-rencontre" + (past ? " passee" : ""), html: element("b", {}, String(place.rencontres.length)), iconSize: [30, 30] });
      const sign = L.marker([place.latitude, place.longitude], { icon, keyboard: true });
      sign.bindPopup(() => this._bubble(place), { maxWidth: 260 });
      sign.bindTooltip(() => element("span", {}, place.nom));
      sign.on("add", () => {
        sign.getElement().setAttribute("role", "button");
        sign.getElement().setAttribute("aria-label", place.nom + "\u00a0: " + place.rencontres.map((one) => one.texte).join("\u00a0; "));
      });
      return sign;
    },
    _bubble(place) {
      const rows = place.rencontres.map((one) => {
        const link = element("a", { href: "/agenda?rencontre=" + encodeURIComponent(one.id), target: "_top" }, one.nom);
        link.addEventListener("click", (event) => {
          if (event.ctrlKey || event.metaKey || event.shiftKey || !window.Streamlit) return;
          event.preventDefault();
          window.Streamlit.setComponentValue({ evenement: "rencontre", valeur: one.id, n: Date.now() });
        });
        return element("li", {}, element("div", {}, link, element("br", {}), element("small", {}, one.quand)));
      });
      return element("div", { class: "coop-fiche" }, element("h3", {}, place.nom), element("ul", {}, ...rows));
    },
  });

  L.cooperations = Object.assign(L.cooperations || {}, { rencontres: (options) => new Rencontres(options) });
})();
