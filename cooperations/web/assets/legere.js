/* The light page: reads the criteria in its address, says them, shows them on the map and in the list.
   Every text that comes from the data goes in as text nodes: nothing of it can be markup. */
(function () {
  "use strict";
  const { element, glyph, svg, view } = L.cooperations;
  const at = (id) => document.getElementById(id);
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const compact = document.documentElement.dataset.legere === "compacte";
  const PIN = "M12 2a7 7 0 0 0-7 7c0 5 7 13 7 13s7-8 7-13a7 7 0 0 0-7-7zm0 9.5A2.5 2.5 0 1 1 12 6.5a2.5 2.5 0 0 1 0 5z";
  const FAILURE = "Les données n’ont pas pu être chargées. ";

  /* A refusal says why in French; anything else only that it failed. */
  function getJson(asked) {
    return asked.then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error(answer.status))));
  }

  function again(act) {
    return element("button", { type: "button", onclick: act }, "Réessayer");
  }

  /* A link within the page: its address changes without the page coming again, so the map moves instead of flashing. */
  function link(query, attributes, text) {
    const go = (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      visit(query);
    };
    return element("a", { href: location.pathname + query, onclick: go, ...attributes }, text);
  }

  function visit(query) {
    history.pushState(null, "", location.pathname + query);
    window.dispatchEvent(new PopStateEvent("popstate"));
  }

  const asQuery = (text) => (text ? "?" + text : "");

  const ROWS = {
    pratiques: (row) => ({
      type: view.types[row.rang], name: row.name, address: "/" + row.address, place: row,
      lines: [row.type_label, [row.place, row.status].filter(Boolean).join(" · ")],
    }),
    offres: (row) => ({
      type: view.types[row.secteur], name: row.nom, address: "/offre?id=" + encodeURIComponent(row.id), place: row,
      lines: [[row.categorie, row.lieu].filter(Boolean).join(" · "), row.raisons.join(" · ")],
    }),
  };

  function pin() {
    return svg("svg", { viewBox: "0 0 24 24", width: 18, height: 18, "aria-hidden": "true" }, svg("path", { d: PIN, fill: "currentColor" }));
  }

  function item({ type, name, address, lines, place }) {
    const texts = lines.filter(Boolean).map((text) => element("small", {}, text));
    const made = element("li", {}, glyph(type, 16), element("div", {}, element("a", { href: address, target: compact && "_blank", rel: compact && "noopener" }, name), ...texts));
    if (place.longitude !== null) {
      const show = () => window.dispatchEvent(new CustomEvent("cooperations:viser", { detail: place }));
      made.append(element("button", { type: "button", class: "situer", onclick: show, "aria-label": "Situer sur la carte\u00a0: " + name, title: "Situer sur la carte" }, pin()));
    }
    return made;
  }

  const Legere = L.Layer.extend({
    initialize(options) {
      L.setOptions(this, options);
    },
    onAdd(map) {
      this._map = map;
      const shade = () => map.getContainer().classList.toggle("coop-sombre", dark.matches);
      dark.addEventListener("change", shade);
      shade();
      window.addEventListener("popstate", () => this._read());
      window.addEventListener("cooperations:dit", (event) => this._heard(event.detail));
      /* The page around the map changes: what is said above it, the list that opens below. */
      new ResizeObserver(() => map.invalidateSize({ animate: false })).observe(map.getContainer());
      /* What a person waits for is the map: the list and the font come after it. */
      ["vue", "panne"].forEach((name) => window.addEventListener("cooperations:" + name, () => this._after()));
      if (compact) at("repli").addEventListener("toggle", () => this._list(1));
      this._read(window.coopResume);
    },
    _read(early) {
      const query = location.search;
      getJson(early || fetch(this.options.base + "/resume" + query))
        .then((summary) => {
          if (query === location.search) this._show(summary);
        })
        .catch(() => at("comptes").replaceChildren(FAILURE, again(() => this._read())));
    },
    _show(summary) {
      this._summary = summary;
      at("comptes").textContent = summary.comptes;
      at("avis").replaceChildren(...summary.avis.map((text) => element("p", { class: "avis" }, text)));
      at("source").textContent = summary.source;
      this._criteria(summary);
      const query = asQuery(summary.couche.requete);
      ["application", "entiere"].map(at).filter(Boolean).forEach((one) => { one.search = query; });
      /* After the words above it, which take their height from the map's. */
      this._map.invalidateSize({ animate: false });
      if (this._layer) this._map.removeLayer(this._layer);
      this._layer = L.cooperations[this.options.couche](summary.couche).addTo(this._map);
      if (at("integrer")) at("integrer").search = asQuery(this._layer._embedding(summary.couche.requete));
      this._list(1);
    },
    _after() {
      if (this._drawn) return;
      this._drawn = true;
      this._list(1);
      const { coopPolice: font } = window;
      if (!font) return;
      const face = new FontFace("Source Sans", "url(" + font + ")", { weight: "200 900" });
      face.load().then(() => document.fonts.add(face), () => {});
    },
    _criteria({ criteres, filtre }) {
      const chips = criteres.map(({ texte, sans }) =>
        element("li", {}, texte, " ", link(asQuery(sans), { "aria-label": "Retirer le filtre\u00a0: " + texte, title: "Retirer" }, "×")));
      if (chips.length > 1) chips.push(element("li", { class: "tous" }, link("", {}, "Tout retirer")));
      at("criteres").replaceChildren(...chips);
      at("criteres").hidden = !filtre || !chips.length;
    },
    _list(number, focused) {
      if (!this._drawn || !this._summary || (compact && !at("repli").open)) return;
      const { couche, vide } = this._summary;
      const asked = new URLSearchParams(couche.requete);
      asked.set("page", number);
      const query = String(asked);
      this._listed = query;
      getJson(fetch(this.options.base + "/liste?" + query))
        .then((answer) => {
          if (query === this._listed) this._fill(answer, vide, focused);
        })
        .catch(() => {
          if (query === this._listed) at("liste").replaceChildren(element("li", { role: "alert" }, "La liste n’a pas pu être chargée. ", again(() => this._list(number))));
        });
    },
    _fill({ lignes, page, pages }, empty, focused) {
      const list = at("liste");
      list.replaceChildren(...lignes.map((row) => item(ROWS[this.options.couche](row))));
      if (empty) list.replaceChildren(element("li", {}, empty + " ", link("", {}, "Voir tout")));
      list.removeAttribute("aria-busy");
      const turn = (target, text) => element("button", { type: "button", disabled: target < 1 || target > pages, onclick: () => this._list(target, true) }, text);
      at("pages").replaceChildren(turn(page - 1, "Page précédente"), " Page " + page + " sur " + pages.toLocaleString("fr-FR") + " ", turn(page + 1, "Page suivante"));
      at("pages").hidden = pages < 2;
      if (focused) {
        list.setAttribute("tabindex", "-1");
        list.focus();
        list.scrollIntoView({ block: "nearest" });
      }
    },
    /* What a click on the map means: the page's address changes, and all of it with it. */
    _heard({ evenement, valeur }) {
      const asked = new URLSearchParams(this._summary ? this._summary.couche.requete : "");
      if (evenement === "territoire") {
        const held = asked.getAll("territoire");
        asked.delete("territoire");
        asked.delete("portee");
        if (held.length !== 1 || held[0] !== valeur) asked.set("territoire", valeur);
      } else if (evenement === "lieu") asked.set("lieu", "point:" + valeur);
      else return;
      visit(asQuery(String(asked)));
    },
  });

  L.cooperations.legere = (options) => new Legere(options);
})();
