/* Types by territory: a real table, read by its headers, walked with the arrows. A cell is chosen, a line is opened. */
import { ask, node } from "./commun.js";

const STEPS = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] };

function content(cell, states) {
  if (cell.etat === "couvert") return [node("b", {}, cell.valeur)];
  const [sign, label] = states[cell.etat];
  const words = cell.etat === "filtre" ? "pour ces filtres" : label.toLowerCase();
  return [node("span", { "aria-hidden": "true", class: "signe" }, sign), node("small", {}, words)];
}

function marks(cell, counting) {
  const said = [
    ["signature", cell.signature],
    ["ecartees", cell.etat === "filtre" && cell.ecartees + " sans filtre"],
    ["couvrant", cell.couvrant && (counting === "ici" ? "+" : "dont ") + cell.couvrant + " couvrant" + (cell.couvrant < 2 ? "" : "s")],
    ["objectif", cell.manque && "objectif\u00a0: encore " + cell.manque],
  ];
  return said.filter(([, words]) => words).map(([name, words]) => node("small", { class: name }, words));
}

function button(cell, words, table, data, press) {
  const made = node("button", { type: "button", tabindex: "-1", "aria-label": words + "\u00a0: " + cell.texte }, ...content(cell, table.etats), ...marks(cell, data.compter));
  if (cell.signature) made.setAttribute("title", cell.titre);
  made.addEventListener("click", press);
  return made;
}

function line(row, table, data, tell) {
  const head = data.descendre && row.niveau === "departement"
    ? node("button", { type: "button", "aria-label": row.libelle + "\u00a0: voir ses intercommunalités" }, row.libelle)
    : node("span", {}, row.libelle);
  if (head.tagName === "BUTTON") head.addEventListener("click", () => tell("descendre", row.cle));
  const cells = row.cases.map((cell, position) => {
    const column = table.colonnes[position];
    const name = column.code + "|" + row.cle;
    const chosen = data.choisie === name;
    const place = node("td", { class: cell.etat + (column.partie ? " sous" : "") + (chosen ? " choisie" : "") });
    place.append(button(cell, column.libelle + ", " + row.libelle, table, data, () => tell("choisir", name)));
    place.firstChild.setAttribute("data-case", name);
    if (chosen) place.firstChild.setAttribute("aria-pressed", "true");
    return place;
  });
  return node("tr", {}, node("th", { scope: "row" }, head), ...cells, node("td", { class: "marge" }, row.total));
}

/* One cell at a time is on the way of the Tab key; the arrows go from one to the next.
   Closing the panel of a cell leaves the focus nowhere: it goes back to the cell. */
function walk(table, start, before) {
  const rows = [...table.tBodies[0].rows].map((row) => [...row.querySelectorAll("td button")]);
  const reach = (target, focused) => {
    rows.flat().forEach((one) => one.setAttribute("tabindex", one === target ? "0" : "-1"));
    if (focused) target.focus();
  };
  const left = before && !table.querySelector("td.choisie") && table.querySelector("[data-case='" + before + "']");
  const first = table.querySelector("td.choisie button") || left || rows[0]?.[0];
  /* The panel that closes may still hold the focus: it goes back to the cell that opened it. */
  const lost = document.activeElement === document.body || document.activeElement?.closest(".st-key-case");
  if (first) reach(first, start || (left && lost));
  table.addEventListener("keydown", (event) => {
    const step = STEPS[event.key];
    const from = rows.findIndex((row) => row.includes(event.target));
    if (!step || from < 0) return;
    event.preventDefault();
    const target = rows[from + step[0]]?.[rows[from].indexOf(event.target) + step[1]];
    if (target) reach(target, true);
  });
}

function drawn(table, data, tell) {
  const heads = table.colonnes.map((column) => node("th", { scope: "col", class: column.partie ? "sous" : "" }, column.libelle));
  const totals = table.totaux.map((total) => node("td", { class: "marge" }, String(total)));
  return node("table", { style: "--colonnes: " + table.colonnes.length },
    node("caption", { class: "cache" }, "Pratiques par territoire et par type"),
    node("thead", {}, node("tr", {}, node("th", { scope: "col" }, "Territoire"), ...heads, node("th", { scope: "col" }, "Toutes"))),
    node("tbody", {}, ...table.lignes.map((row) => line(row, table, data, tell))),
    node("tfoot", {}, node("tr", {}, node("th", { scope: "row" }, "Nombre sur la carte"), ...totals, node("td", {}, ""))));
}

/* What was chosen is drawn below: brought into view with the focus once the server has answered, for 4 s at most. */
const PATIENCE_MS = 4000;
function show(column, row) {
  const until = Date.now() + PATIENCE_MS;
  const look = setInterval(() => {
    const drawn = [...document.querySelectorAll(".st-key-case h3")].find(
      (heading) => heading.textContent.startsWith(column) && heading.textContent.includes(row));
    /* Who is already filling in the panel keeps the focus. */
    if (drawn && !drawn.closest(".st-key-case").contains(document.activeElement)) {
      drawn.scrollIntoView({ block: "start" });
      drawn.setAttribute("tabindex", "-1");
      drawn.focus({ preventScroll: true });
    }
    if (drawn || Date.now() > until) clearInterval(look);
  }, 50);
}

export default function ({ parentElement, data, setTriggerValue }) {
  const place = parentElement.querySelector(".coop");
  const hadFocus = place.contains(parentElement.activeElement || document.activeElement);
  return ask(data.adresse, place, "La matrice n’a pas pu être chargée.", (table) => {
    const made = drawn(table, data, setTriggerValue);
    const [code, key] = data.choisie.split("|");
    const column = table.colonnes.find((one) => one.code === code);
    const row = table.lignes.find((one) => one.cle === key);
    const before = parentElement.chosen;
    parentElement.chosen = data.choisie;
    const hint = node("p", { class: "glisser", hidden: "" }, "Faites glisser le tableau pour voir tous les types →");
    const box = node("div", { class: "coop-matrice", role: "region", tabindex: "0", "aria-label": "Matrice de couverture", "data-lignes": String(table.lignes.length) }, made);
    place.replaceChildren(hint, box);
    new ResizeObserver(() => { hint.hidden = box.scrollWidth <= box.clientWidth; }).observe(box);
    walk(made, hadFocus, before);
    if (column && row && before !== data.choisie) show(column.libelle, row.libelle);
    performance.mark("cooperations:matrice");
    /* Once a visit: the page waits for it before it draws the rest. */
    if (!window.coopMatriceMontree) requestAnimationFrame(() => setTriggerValue("montree", true));
    window.coopMatriceMontree = true;
  });
}
