/* The layer of offers: like that of practices, around the place of a buyer. A click on the map says the place. */
(function () {
  "use strict";
  const { Pratiques, view, element, glyph, count, tell, alone } = L.cooperations;

  const Offres = Pratiques.extend({
    base: "/api/offres",
    light: "/offres-legeres",
    noun: "structure",
    nouns: "Les structures",
    onAdd(map) {
      Pratiques.prototype.onAdd.call(this, map);
      this._around = L.layerGroup().addTo(map);
      /* Above the departments, whenever these come. */
      if (!map.getPane("autour")) map.createPane("autour").style.zIndex = 360;
      this._showPlaceAsked();
      map.on("click", this._choosePlace, this);
      if (this.options.inviter) map.getContainer().classList.add("coop-viser");
    },
    onRemove(map) {
      map.off("click", this._choosePlace, this);
      map.removeLayer(this._around);
      Pratiques.prototype.onRemove.call(this, map);
    },
    _embedding(query) {
      return "quoi=offres" + (query ? "&besoin=" + encodeURIComponent(query) : "");
    },
    _choosePlace({ latlng }) {
      tell("lieu", latlng.lng.toFixed(5) + "," + latlng.lat.toFixed(5));
    },
    _showPlaceAsked() {
      const { lieu, rayon_m: radius, nom } = this.options;
      if (!lieu) return;
      const centre = [lieu[1], lieu[0]];
      const circle = { radius, pane: "autour", interactive: false, color: "var(--accent)", weight: 2, dashArray: "6 5", fillColor: "var(--accent)", fillOpacity: 0.05 };
      L.circle(centre, circle).addTo(this._around);
      const html = element("div", {}, "✛");
      const icon = L.divIcon({ className: "coop-ici", html, iconSize: [28, 28] });
      L.marker(centre, { icon, interactive: false, keyboard: false, alt: nom }).addTo(this._around);
    },
    _sheetsAddress(ids) {
      const place = new URLSearchParams(this.options.requete).get("lieu");
      return this.base + "/fiches?" + ids + (place ? "&lieu=" + encodeURIComponent(place) : "");
    },
    _colourSwitch() {
      return [];
    },
    _describe(data) {
      const placed = data.places === data.total ? "" : ", dont " + count(data.total - data.places, "sans point").replace("points", "point");
      this._status.textContent = data.total === 0 ? "Aucune structure ne répond à ce besoin." : count(data.total, "structure") + placed;
      const items = view.types.map((type) => element("li", {}, glyph(type, 14), " " + type.libelle));
      const hollow = element("li", {}, element("i", { class: "coop-note-creux" }), " Contour seul\u00a0: point approché");
      this._groups.replaceChildren(...items, hollow);
    },
    _type(sheet) {
      return view.types[sheet.secteur];
    },
    _sheets(title, sheets) {
      if (sheets.length === 1) return this._sheet(sheets[0]);
      const items = sheets.map((sheet) =>
        element("li", {}, glyph(this._type(sheet), 14), element("div", {}, element("b", {}, sheet.nom), element("br"), element("small", {}, [sheet.categorie, ...sheet.raisons].filter(Boolean).join(" · ")))),
      );
      return [element("h3", {}, count(sheets.length, "structure")), element("ul", {}, ...items)];
    },
    _sheet(sheet) {
      const lines = [sheet.achats, sheet.lieu].filter(Boolean).map((text) => element("p", { class: "coop-lieu" }, text));
      const reasons = sheet.raisons.map((reason) => element("li", {}, reason));
      const proofs = sheet.preuves.map((proof) => element("li", {}, "✓ " + proof.texte));
      return [
        element("p", { class: "coop-type" }, glyph(this._type(sheet), 14), " " + (sheet.categorie || this._type(sheet).libelle)),
        element("h3", {}, sheet.nom),
        ...lines,
        element("ul", {}, ...reasons, ...proofs),
        element("p", {}, element("a", { href: "/offre?id=" + encodeURIComponent(sheet.id), target: "_blank", rel: "noopener", onclick: (event) => this._openSheet(event, sheet) }, "Voir la structure")),
      ];
    },
    _openSheet(event, sheet) {
      if (alone || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      tell("offre", sheet.id);
    },
  });

  L.cooperations.offres = (options) => new Offres(options);
})();
