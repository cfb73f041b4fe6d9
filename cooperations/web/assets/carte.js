/* The two Leaflet layers of the map: boundaries (fetched once) and practices (fetched for each view).
   Every text that comes from the data goes in as text nodes: nothing of it can be markup. */
(function () {
  "use strict";
  const SVG = "http://www.w3.org/2000/svg";
  const SHAPES = {
    rond: "M12 3a9 9 0 1 0 .01 0z",
    carre: "M4 4h16v16H4z",
    losange: "M12 1.5 22.5 12 12 22.5 1.5 12z",
    triangle: "M12 2.5 22.5 21h-21z",
    hexagone: "M12 1.5 21.5 7v10L12 22.5 2.5 17V7z",
  };
  /* Backgrounds for who has a network: never asked for, never waited for. */
  const BACKGROUNDS = {
    "Plan IGN (internet)": [
      "https://data.geopf.fr/wmts?SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0&LAYER=GEOGRAPHICALGRIDSYSTEMS.PLANIGNV2" +
        "&STYLE=normal&FORMAT=image/png&TILEMATRIXSET=PM&TILEMATRIX={z}&TILEROW={y}&TILECOL={x}",
      "© IGN",
    ],
    "OpenStreetMap (internet)": ["https://tile.openstreetmap.org/{z}/{x}/{y}.png", "© les contributeurs d’OpenStreetMap"],
  };
  /* Pixels: what is asked for around a view, and the side of the tiles it is rounded to. */
  const AROUND = 64;
  const TILE = 256;
  const view = { limites: null, focus: null, shown: new Set() };

  function element(tag, attributes, ...children) {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {})) {
      if (value === false || value === null || value === undefined) continue;
      if (name === "onclick") node.addEventListener("click", value);
      else node.setAttribute(name, value === true ? "" : value);
    }
    node.append(...children);
    return node;
  }

  function svg(tag, attributes, ...children) {
    const node = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
    node.append(...children);
    return node;
  }

  function getJson(address, options) {
    return fetch(address, options).then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error(answer.status))));
  }

  function sizeOf(mark) {
    return mark.types.reduce((sum, value) => sum + value, 0);
  }

  function count(number, singular) {
    /* What writes thousands costs a first map 30 ms. */
    const written = number < 1000 ? String(number) : number.toLocaleString("fr-FR");
    return written + " " + singular + (number < 2 ? "" : "s");
  }

  /* Without Streamlit the page is the map's own, and whoever frames it is another site. */
  const alone = document.documentElement.hasAttribute("data-legere");
  const host = alone ? window : window.parent;

  /* What fits in a ring: 9 999, then « 10 k », « 1,2 M »; its label says the number in full. */
  function short(number) {
    if (number < 10000) return String(number);
    const [unit, sign] = number < 999500 ? [1000, "k"] : [1000000, "M"];
    return (number / unit).toLocaleString("fr-FR", { maximumFractionDigits: sign === "M" && number < 10000000 ? 1 : 0 }) + "\u202f" + sign;
  }

  /* What a click on the map means is said to the Streamlit script; `n` makes two equal clicks differ. */
  function tell(evenement, valeur) {
    if (alone) window.dispatchEvent(new CustomEvent("cooperations:dit", { detail: { evenement, valeur } }));
    else if (window.Streamlit) window.Streamlit.setComponentValue({ evenement, valeur, n: Date.now() });
  }

  /* The list beside the map lives in the page that holds this frame. */
  function announce(name, detail) {
    try {
      if (name === "vue") host.coopVue = detail;
      if (name === "choix") host.coopChoix = detail;
      host.dispatchEvent(new CustomEvent("cooperations:" + name, { detail }));
    } catch (error) {
      /* embedded elsewhere: there is no list to tell */
    }
  }

  /* Once a visit: the page waits for both layers, and for their painting, before it draws the rest. */
  const PAINTING_MS = 120;
  function shown(layer) {
    view.shown.add(layer);
    if (view.shown.size < 2 || host.coopMontree) return;
    host.coopMontree = true;
    requestAnimationFrame(() => setTimeout(() => tell("montree", ""), PAINTING_MS));
  }

  function glyph(type, size, hollow) {
    const path = svg("path", {
      d: SHAPES[type.forme],
      fill: hollow ? "var(--fond)" : type.couleur,
      stroke: hollow ? type.couleur : "var(--fond)",
      "stroke-width": hollow ? 3 : 1.5,
      "stroke-linejoin": "round",
    });
    return svg("svg", { viewBox: "0 0 24 24", width: size, height: size, "aria-hidden": "true" }, path);
  }

  function ring(types, counts, total) {
    const radius = 17;
    const length = 2 * Math.PI * radius;
    const arcs = [];
    let before = 0;
    counts.forEach((value, index) => {
      if (!value) return;
      arcs.push(
        svg("circle", {
          cx: 22, cy: 22, r: radius, fill: "none", stroke: types[index].couleur, "stroke-width": 7,
          "stroke-dasharray": (value / total) * length + " " + length,
          "stroke-dashoffset": -(before / total) * length,
          transform: "rotate(-90 22 22)",
        }),
      );
      before += value;
    });
    const disc = svg("circle", { cx: 22, cy: 22, r: 20.5, fill: "var(--fond)" });
    return svg("svg", { viewBox: "0 0 44 44", width: 44, height: 44, "aria-hidden": "true" }, disc, ...arcs);
  }

  function bar(types, counts, total) {
    const bars = counts.map((value, index) =>
      element("i", { style: "width:" + (100 * value) / total + "%;background:" + types[index].couleur }),
    );
    return element("span", { class: "coop-barre" }, ...bars);
  }

  function typesInWords(types, counts) {
    return counts
      .map((value, index) => (value ? types[index].libelle + " : " + value : ""))
      .filter(Boolean)
      .join(", ");
  }

  /* A frame has no font of its page: the browser has the file already. */
  const font = host.coopPolice;
  if (font && !alone) document.fonts.add(new FontFace("Source Sans", "url(" + font + ")", { weight: "200 900" }));

  /* A name written on the map: below its place, whose middle is for marks. */
  function written(name, place, kind) {
    const options = { permanent: true, direction: "center", offset: [0, 24], pane: "noms", className: "coop-nom " + kind };
    const label = L.tooltip(options).setLatLng(place).setContent(element("span", { "aria-hidden": "true" }, name));
    /* Leaflet makes it a tooltip, which it is of nothing: a screen reader has the same name on the department. */
    return label.on("add", () => label.getElement().removeAttribute("role"));
  }

  /* The wheel scrolls the page; with Ctrl, or on a map that was pressed, it zooms until the pointer leaves. */
  function freeWheel(box) {
    let held = false;
    box.addEventListener("wheel", (event) => held || event.ctrlKey || event.stopImmediatePropagation(), { capture: true });
    box.addEventListener("pointerdown", () => { held = true; });
    box.addEventListener("pointerleave", () => { held = false; });
  }

  /* Without tiles Leaflet has no deepest zoom; wider than the region and its neighbours there is nothing to see. */
  L.Map.mergeOptions({ zoomSnap: 0.25, minZoom: 6.5, maxZoom: 18 });

  /* At once, and before shapes are there: Leaflet would slide, and draw them and ask for the marks twice. */
  function stayInside(map, bounds) {
    if (bounds) map.panInsideBounds(bounds, { animate: false });
  }

  const Limites = L.Layer.extend({
    options: { attribution: "Limites\u00a0: IGN, INSEE", selection: [], sombre: false },
    initialize(options) {
      L.setOptions(this, options);
      this._counts = {};
      this._asked = { choroplethe: false, selection: this.options.selection };
    },
    onAdd(map) {
      view.limites = this;
      view.types = this.options.types.map(([code, libelle, couleur, forme]) => ({ code, libelle, couleur, forme }));
      view.region = this.options.region;
      this._map = map;
      map.attributionControl.setPrefix(false);
      freeWheel(map.getContainer());
      map.zoomControl.remove();
      L.control.zoom({ zoomInTitle: "Zoomer", zoomOutTitle: "Dézoomer" }).addTo(map);
      map.on("popupopen", ({ popup }) => popup.getElement().querySelector(".leaflet-popup-close-button").setAttribute("aria-label", "Fermer"));
      map.getContainer().classList.toggle("coop-sombre", this.options.sombre);
      map.getContainer().setAttribute("aria-label", this.options.titre || "Carte des pratiques de coopération en " + view.region);
      /* A background of tiles shows through only once a tile has come: without network nothing changes. */
      const tiles = Object.entries(BACKGROUNDS).map(([name, [url, attribution]]) => [name, L.tileLayer(url, { attribution, maxZoom: 18 })]);
      const choice = L.control.layers({}, Object.fromEntries(tiles)).addTo(map);
      choice.getContainer().querySelector("a").setAttribute("title", "Fonds de carte");
      map.on("popupclose", () => announce("choix", { id: "" }));
      map.on("overlayadd", (event) => event.layer.once("tileload", () => this._see(true)));
      map.on("overlayremove", () => this._see(false));
      /* In a pane of their own, so that no mark is ever under them. */
      map.createPane("limites").style.zIndex = 350;
      /* Above the shapes of the coverage map, below the marks. */
      map.createPane("noms").style.cssText += "z-index: 370; pointer-events: none";
      this._names = L.layerGroup().addTo(map);
      getJson(this.options.url)
        .then((collection) => this._draw(collection))
        .catch(() => this._say("Les limites n’ont pas pu être chargées. Rechargez la page."));
    },
    _say(text) {
      shown("limites");
      const note = L.control({ position: "topright" });
      note.onAdd = () => element("div", { class: "coop-legende", role: "alert" }, text);
      note.addTo(this._map);
    },
    onRemove(map) {
      if (this._shapes) map.removeLayer(this._shapes);
    },
    _see(through) {
      this._through = through;
      this.paint(this._counts, this._asked);
    },
    paint(counts, asked) {
      this._counts = counts;
      this._asked = asked;
      this._outline(asked.selection);
      if (this._shapes) this._shapes.eachLayer((shape) => this._style(shape));
    },
    /* Departments outline themselves; a commune, an EPCI or the region is asked for. */
    _outline(keys) {
      const others = keys.filter((key) => !key.startsWith("departement:"));
      const wanted = others.map((key) => "territoire=" + encodeURIComponent(key)).join("&");
      if (wanted === this._outlined) return;
      this._outlined = wanted;
      if (this._contour) this._map.removeLayer(this._contour);
      this._contour = null;
      if (!wanted) return;
      getJson("/api/carte/contours?" + wanted)
        .then((collection) => {
          if (wanted !== this._outlined) return;
          const style = { color: "var(--accent)", weight: 3, fillColor: "var(--accent)", fillOpacity: 0.06 };
          this._contour = L.geoJSON(collection, { pane: "limites", interactive: false, style }).addTo(this._map);
          this._contour.eachLayer((shape) => {
            const { cle, nom } = shape.feature.properties;
            if (!cle.startsWith("region:")) this._contour.addLayer(written(nom, shape.getBounds().getCenter(), "choisi"));
          });
        })
        .catch(() => this._say("Le contour du territoire n’a pas pu être chargé."));
    },
    /* The EPCI, once the map is close enough for their limits to help. */
    _detail() {
      if (this._map.getZoom() < 9.5 || this._epci) return;
      this._epci = L.layerGroup().addTo(this._map);
      getJson(this.options.epci)
        .then((collection) => {
          const style = { color: "var(--trait)", weight: 0.8, dashArray: "3 3", fill: false };
          this._epci.addLayer(L.geoJSON(collection, { pane: "limites", interactive: false, style }));
        })
        .catch(() => this._say("Les limites des EPCI n’ont pas pu être chargées."));
    },
    _draw(collection) {
      this._shapes = L.geoJSON(collection, {
        pane: "limites",
        style: { weight: 1 },
        onEachFeature: (feature, shape) => this._equip(feature, shape),
      });
      const widest = this._shapes.getBounds().pad(0.3);
      stayInside(this._map, widest);
      this._map.setMaxBounds(widest);
      this._shapes.addTo(this._map);
      this._shapes.eachLayer((shape) => this._style(shape));
      collection.features.forEach(({ properties: { nom, latitude, longitude, dans_perimetre: inside } }) =>
        this._names.addLayer(written(nom, [latitude, longitude], inside ? "" : "voisin")));
      this._outline(this._asked.selection);
      this._map.on("zoomend", this._detail, this);
      this._detail();
      this._map.getContainer().setAttribute("data-limites", collection.features.length);
      shown("limites");
    },
    _equip(feature, shape) {
      if (!feature.properties.dans_perimetre || !this.options.cliquable) return;
      const key = "departement:" + feature.properties.code_insee;
      const choose = () => tell("territoire", key);
      shape.bindTooltip(() => element("span", {}, this._sentence(feature)), { sticky: true });
      shape.on("click", choose);
      shape.on("add", () => {
        const path = shape.getElement();
        path.setAttribute("tabindex", "0");
        path.setAttribute("role", "button");
        path.addEventListener("keydown", (event) => {
          if (event.key === "Enter" || event.key === " ") choose();
        });
      });
    },
    _sentence(feature) {
      const { nom, code_insee: code } = feature.properties;
      return nom + " (" + code + ") : " + count(this._counts["departement:" + code] || 0, "pratique");
    },
    _style(shape) {
      const { code_insee: code, dans_perimetre: inside } = shape.feature.properties;
      const key = "departement:" + code;
      const chosen = this._asked.selection.includes(key);
      const most = Math.max(1, ...Object.values(this._counts));
      const share = (this._counts[key] || 0) / most;
      shape.setStyle({
        color: chosen ? "var(--accent)" : "var(--trait)",
        weight: chosen ? 3.5 : inside ? 1.4 : 0.6,
        fillColor: this._asked.choroplethe && inside ? "var(--accent)" : inside ? "var(--terre)" : "var(--voisin)",
        fillOpacity: this._asked.choroplethe && inside ? 0.08 + 0.5 * share : this._through ? 0 : 1,
      });
      const path = shape.getElement();
      if (inside && path && this.options.cliquable) {
        path.setAttribute("aria-label", this._sentence(shape.feature) + (chosen ? ". Retirer ce filtre." : ". Filtrer sur ce département."));
        path.setAttribute("aria-pressed", chosen);
      }
      if (chosen) shape.bringToFront();
    },
  });

  const Pratiques = L.Layer.extend({
    options: { requete: "", selection: [], choroplethe: false },
    base: "/api/carte",
    noun: "pratique",
    nouns: "Les pratiques",
    initialize(options) {
      L.setOptions(this, options);
    },
    _sheetsAddress(ids) {
      return this.base + "/fiches?" + ids;
    },
    onAdd(map) {
      this._map = map;
      this._group = L.layerGroup().addTo(map);
      this._marks = new Map();
      this._legend = this._makeLegend().addTo(map);
      if (!alone) this._ways = this._makeWays().addTo(map);
      this._gone = new AbortController();
      const { signal } = this._gone;
      map.getContainer().addEventListener("keydown", (event) => event.key === "Escape" && this._dismiss(), { signal });
      host.addEventListener("cooperations:viser", (event) => this._showPlace(event.detail), { signal });
      /* The frame may go without a word to its layers. */
      window.addEventListener("pagehide", () => this._gone.abort(), { signal });
      this._frame();
      map.on("moveend", this._load, this);
      this._load();
    },
    onRemove(map) {
      map.off("moveend", this._load, this);
      this._gone.abort();
      if (this._request) this._request.abort();
      map.removeControl(this._legend);
      if (this._ways) map.removeControl(this._ways);
      map.removeLayer(this._group);
    },
    _frame() {
      const wanted = JSON.stringify(this.options.cadre);
      if (view.focus === wanted) return;
      view.focus = wanted;
      const [west, south, east, north] = this.options.cadre;
      const small = this._map.getSize().x < 500 ? 4 : 12;
      this._map.fitBounds([[south, west], [north, east]], { animate: false, padding: [small, small], maxZoom: 13 });
      stayInside(this._map, this._map.options.maxBounds);
    },
    /* Whole tiles, with what is around the view: who sees nearly the same asks for the same address, already answered. */
    _box(zoom) {
      const seen = this._map.getBounds();
      const [first, last] = [seen.getNorthWest(), seen.getSouthEast()].map((corner) => this._map.project(corner, zoom));
      const northWest = this._map.unproject(first.subtract([AROUND, AROUND]).divideBy(TILE).floor().multiplyBy(TILE), zoom);
      const southEast = this._map.unproject(last.add([AROUND, AROUND]).divideBy(TILE).ceil().multiplyBy(TILE), zoom);
      return [northWest.lng, southEast.lat, southEast.lng, northWest.lat].map((side) => side.toFixed(6));
    },
    _load() {
      const zoom = Math.round(this._map.getZoom());
      const query = this.options.requete ? "&" + this.options.requete : "";
      const address = this.base + "/marques?z=" + zoom + "&bbox=" + this._box(zoom) + "&v=" + this.options.revision + query;
      /* Already on its way: a map that settles says several times that it moved. */
      if (this._asked === address) return;
      if (this._request) this._request.abort();
      this._asked = "";
      if (this._answer && this._answer.address === address) {
        this._draw(this._answer.data);
        return;
      }
      this._request = new AbortController();
      this._asked = address;
      getJson(address, { signal: this._request.signal })
        .then((data) => {
          this._asked = "";
          this._answer = { address, data };
          this._draw(data);
        })
        .catch((error) => {
          if (error.name === "AbortError") return;
          this._asked = "";
          this._fail();
        });
    },
    _draw(data) {
      this._taken = [];
      const points = data.marques.filter((mark) => !mark.territoire);
      const territories = data.marques.filter((mark) => mark.territoire);
      const kept = new Set(data.marques.map((mark) => JSON.stringify(mark)));
      this._marks.forEach((marker, key) => {
        if (kept.has(key)) return;
        this._group.removeLayer(marker);
        this._marks.delete(key);
      });
      points.forEach((mark) => this._place(mark, [mark.lat, mark.lon], (one) => this._pointIcon(one)));
      territories.forEach((mark) => this._place(mark, this._freePlace(mark), (one) => this._territoryIcon(one)));
      if (view.limites) view.limites.paint(data.departements || {}, this.options);
      this._describe(data);
      const seen = this._map.getBounds();
      announce("vue", { bornes: [seen.getWest(), seen.getSouth(), seen.getEast(), seen.getNorth()] });
      shown("marques");
      this._map.getContainer().setAttribute("data-total", data.total);
      this._map.getContainer().setAttribute("data-requete", this.options.requete);
    },
    _fail() {
      announce("panne", {});
      shown("marques");
      const retry = element("button", { type: "button", onclick: () => this._load() }, "Réessayer");
      this._details.open = true;
      this._status.replaceChildren(this.nouns + " n’ont pas pu être chargées. ", retry);
    },
    /* A mark that is still there stays as it is, and keeps the focus. */
    _place(mark, place, icon) {
      const key = JSON.stringify(mark);
      if (this._marks.has(key)) this._marks.get(key).setLatLng(place);
      else this._marks.set(key, this._addMark(mark, icon(mark), place));
      this._taken.push(this._map.latLngToContainerPoint(place));
    },
    _addMark(mark, icon, place) {
      const total = sizeOf(mark);
      const marker = L.marker(place, { icon, riseOnHover: true, keyboard: true });
      const label = this._label(mark, total);
      marker.bindTooltip(() => element("span", {}, label), { direction: "top", offset: [0, -14] });
      marker.on("click", () => this._open(mark, marker.getLatLng()));
      marker.addTo(this._group);
      const sign = marker.getElement();
      sign.setAttribute("aria-label", label);
      sign.addEventListener("keydown", (event) => {
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        this._open(mark, marker.getLatLng());
      });
      return marker;
    },
    _label(mark, total) {
      if (mark.nom) return mark.nom + (mark.approche ? " (placée à la commune)" : "");
      const words = count(total, this.noun) + " (" + typesInWords(view.types, mark.types) + ")";
      return mark.territoire ? mark.territoire + ", sans point précis : " + words : words;
    },
    _pointIcon(mark) {
      const total = sizeOf(mark);
      if (total === 1) {
        const type = view.types[mark.types.findIndex(Boolean)];
        return L.divIcon({ className: "coop-point", html: glyph(type, 26, mark.approche), iconSize: [26, 26] });
      }
      const html = element("div", {}, ring(view.types, mark.types, total), element("b", {}, short(total)));
      return L.divIcon({ className: "coop-groupe", html, iconSize: [44, 44] });
    },
    _territoryIcon(mark) {
      const total = sizeOf(mark);
      const whole = mark.niveau === "region";
      const text = whole ? view.region + " : " + total : String(total);
      const html = element("div", {}, element("b", {}, text), bar(view.types, mark.types, total));
      const iconSize = whole ? [13 + 8 * text.length, 34] : [34, 34];
      return L.divIcon({ className: "coop-territoire" + (whole ? " region" : ""), html, iconSize });
    },
    /* The sign of a territory has no place of its own: it makes room for what has one. */
    _freePlace(mark) {
      const home = this._map.latLngToContainerPoint([mark.lat, mark.lon]);
      for (const distance of [0, 48, 80]) {
        for (let turn = 0; turn < (distance ? 8 : 1); turn += 1) {
          const angle = (turn * Math.PI) / 4;
          const place = home.add([distance * Math.cos(angle), distance * Math.sin(angle)]);
          if (this._taken.every((other) => other.distanceTo(place) > 42)) return this._map.containerPointToLatLng(place);
        }
      }
      return L.latLng(mark.lat, mark.lon);
    },
    /* The focus goes back to the mark, which may have been drawn again meanwhile. */
    _dismiss() {
      if (!this._bubble || !this._bubble.isOpen()) return;
      this._map.closePopup(this._bubble);
      const mark = this._marks.get(this._opener);
      (mark ? mark.getElement() : this._map.getContainer()).focus();
    },
    _open(mark, place) {
      this._opener = JSON.stringify(mark);
      const total = sizeOf(mark);
      const [west, south, east, north] = mark.bornes || [0, 0, 0, 0];
      const spread = L.latLngBounds([south, west], [north, east]);
      if (total > 1 && mark.bornes && (west !== east || south !== north) && this._map.getZoom() < 16) {
        this._map.fitBounds(spread, { padding: [60, 60], maxZoom: 16 });
        return;
      }
      if (mark.ids.length) this._popup(mark.ids, place, mark.territoire);
      else this._tooMany(total, place, mark.territoire);
      if (total === 1) announce("choix", { id: mark.ids[0] });
    },
    _tooMany(total, place, title) {
      const text = count(total, this.noun) + " : filtrez, ou lisez-les dans la liste.";
      const body = element("div", { class: "coop-fiche" }, element("h3", {}, title || "Au même endroit"), text);
      this._bubble = L.popup({ offset: [0, -8] }).setLatLng(place).setContent(body).openOn(this._map);
    },
    /* Of the map and not of the mark: moving the map to show it draws the marks again. */
    _popup(practices, place, title) {
      const body = element("div", { class: "coop-fiche", tabindex: "-1" }, "Chargement…");
      /* Clear of the buttons in the corners, which are above bubbles. */
      const width = Math.min(300, this._map.getSize().x - 140);
      const options = { autoPanPaddingTopLeft: [52, 12], autoPanPaddingBottomRight: [64, 44], offset: [0, -8] };
      const popup = L.popup({ maxWidth: width, minWidth: Math.min(220, width), ...options });
      popup.setLatLng(place).setContent(body).openOn(this._map);
      this._bubble = popup;
      const ids = practices.map((id) => "id=" + encodeURIComponent(id)).join("&");
      getJson(this._sheetsAddress(ids))
        .then((sheets) => {
          body.replaceChildren(...this._sheets(title, sheets));
          popup.update();
          body.focus();
        })
        .catch(() => body.replaceChildren("La fiche n’a pas pu être chargée. Fermez cette bulle et réessayez."));
    },
    _sheets(title, sheets) {
      if (sheets.length === 1) return this._sheet(sheets[0]);
      const heading = element("h3", {}, title || count(sheets.length, this.noun));
      const items = sheets.map((sheet) =>
        element("li", {}, glyph(this._type(sheet), 14), element("div", {}, this._link(sheet, sheet.name), element("br"), element("small", {}, sheet.type_label))),
      );
      return [heading, element("ul", {}, ...items)];
    },
    _sheet(sheet) {
      const actors = sheet.acteurs.map((actor) => element("li", {}, actor.nom + " ", element("small", {}, actor.role)));
      return [
        element("p", { class: "coop-type" }, glyph(this._type(sheet), 14), " " + sheet.type_label),
        element("h3", {}, sheet.name),
        element("p", {}, sheet.description),
        element("p", { class: "coop-lieu" }, sheet.place, element("br"), element("small", {}, sheet.precision)),
        actors.length ? element("ul", {}, ...actors) : element("p", {}, element("small", {}, sheet.sans_acteur)),
        element("p", {}, this._link(sheet, "Voir la fiche")),
      ];
    },
    _link(sheet, text) {
      const open = (event) => {
        if (alone || event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        tell("fiche", sheet.id);
      };
      return element("a", { href: "/" + sheet.address, target: "_blank", rel: "noopener", onclick: open }, text);
    },
    _type(sheet) {
      return view.types.find((type) => type.code === sheet.practice_type);
    },
    _makeLegend() {
      const legend = L.control({ position: "bottomright" });
      legend.onAdd = () => {
        this._status = element("p", { role: "status" }, "Chargement…");
        this._groups = element("ul", { class: "coop-legende-types" });
        const colour = this._colourSwitch();
        const summary = element("summary", {}, "Légende");
        this._details = element("details", { open: this._map.getSize().x > 760 }, summary, this._status, ...colour, this._groups);
        const box = element("div", { class: "coop-legende" }, this._details);
        L.DomEvent.disableClickPropagation(box);
        L.DomEvent.disableScrollPropagation(box);
        return box;
      };
      return legend;
    },
    /* What is shown, elsewhere: drawn here, it costs a rerun nothing. */
    light: "/carte-legere",
    _embedding(query) {
      return query;
    },
    _makeWays() {
      const way = (address, query, text) => element("a", { href: address + (query ? "?" + query : ""), target: "_blank", rel: "noopener" }, text);
      const { requete } = this.options;
      const ways = L.control({ position: "bottomleft" });
      ways.onAdd = () => element("div", { class: "coop-ailleurs" }, way(this.light, requete, "Carte légère"), " · ", way("/integrer", this._embedding(requete), "Intégrer"));
      return ways;
    },
    _colourSwitch() {
      this._switch = element("input", { type: "checkbox", onclick: () => this._colour(this._switch.checked) });
      this._switch.checked = this.options.choroplethe;
      return [element("label", {}, this._switch, " Colorer selon le nombre")];
    },
    _colour(on) {
      this.options.choroplethe = on;
      if (view.limites && this._data) view.limites.paint(this._data.departements, this.options);
      if (this._data) this._describe(this._data);
      tell("couleurs", on ? "oui" : "");
    },
    _describe(data) {
      this._data = data;
      const groups = data.localisation;
      const unplaced = groups.territoire + groups.inconnue;
      this._status.textContent =
        data.total === 0
          ? "Aucune pratique ne répond à ces critères."
          : count(data.total, "pratique") + " : " + groups.point + " par un point, " + unplaced +
            " sans localisation précise, " + groups.hors_perimetre + " hors " + view.region;
      const items = view.types.map((type) => element("li", {}, glyph(type, 14), " " + type.libelle));
      const notes = [
        ["coop-note-creux", "Contour seul : placée à la commune"],
        ["coop-note-carre", "Carré : vaut pour le territoire entier"],
      ].map(([name, text]) => element("li", {}, element("i", { class: name }), " " + text));
      this._groups.replaceChildren(...items, ...notes, ...this._scale(data));
    },
    _scale(data) {
      if (!this.options.choroplethe) return [];
      const most = Math.max(...Object.values(data.departements));
      return [element("li", {}, element("i", { class: "coop-note-teinte" }), " Teinte : de 0 à " + count(most, "pratique"))];
    },
    _showPlace({ id, longitude, latitude }) {
      this._opener = "";
      this._map.setView([latitude, longitude], Math.max(this._map.getZoom(), 12), { animate: false });
      announce("choix", { id });
      this._popup([id], [latitude, longitude], "");
    },
  });

  L.cooperations = {
    Pratiques, view, element, svg, glyph, count, tell, announce, alone,
    limites: (options) => new Limites(options),
    pratiques: (options) => new Pratiques(options),
  };
})();
