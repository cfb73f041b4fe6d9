/* Types by territory: a real table, read by its headers, walked with the arrows. A cell is chosen, a line is opened. */
import { ask, node } from "./commun.js";

const SIGNS = { rien_trouve: "∅", non_enquete: "?", hors_sujet: "—" };
const STEPS = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] };

function content(cell, states) {
  if (cell.etat === "couvert") return [node("b", {}, cell.valeur)];
  return [node("span", { "aria-hidden": "true", class: "signe" }, SIGNS[cell.etat]), node("small", {}, states[cell.etat].toLowerCase())];
}

function marks(cell, counting) {
  const made = [];
  if (cell.couvrant && counting === "ici") made.push(node("small", { class: "couvrant" }, "+" + cell.couvrant + " couvrant"));
  if (cell.manque) made.push(node("small", { class: "objectif" }, "objectif : encore " + cell.manque));
  return made;
}

function button(cell, words, data, press) {
  const made = node("button", { type: "button", tabindex: "-1", "aria-label": words + " : " + cell.texte }, ...content(cell, data.etats), ...marks(cell, data.compter));
  made.addEventListener("click", press);
  return made;
}

function line(row, table, data, tell) {
  const name = data.descendre && row.niveau === "departement"
    ? node("button", { type: "button", "aria-label": row.libelle + " : voir ses intercommunalités" }, row.libelle)
    : node("span", {}, row.libelle);
  if (name.tagName === "BUTTON") name.addEventListener("click", () => tell("descendre", row.cle));
  const cells = row.cases.map((cell, position) => {
    const column = table.colonnes[position];
    const chosen = data.choisie === column.code + "|" + row.cle;
    const place = node("td", { class: cell.etat + (column.parent ? " sous" : "") + (chosen ? " choisie" : "") });
    place.append(button(cell, column.libelle + ", " + row.libelle, data, () => tell("choisir", column.code + "|" + row.cle)));
    if (chosen) place.firstChild.setAttribute("aria-pressed", "true");
    return place;
  });
  return node("tr", {}, node("th", { scope: "row" }, name), ...cells, node("td", { class: "marge" }, row.total));
}

/* One cell at a time is on the way of the Tab key; the arrows go from one to the next. */
function walk(table, start) {
  const rows = [...table.tBodies[0].rows].map((row) => [...row.querySelectorAll("td button")]);
  const reach = (target, focused) => {
    rows.flat().forEach((one) => one.setAttribute("tabindex", one === target ? "0" : "-1"));
    if (focused) target.focus();
  };
  const first = table.querySelector("td.choisie button") || rows[0]?.[0];
  if (first) reach(first, start);
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
  const heads = table.colonnes.map((column) => node("th", { scope: "col", class: column.parent ? "sous" : "" }, column.libelle));
  const totals = table.totaux.map((total) => node("td", { class: "marge" }, String(total)));
  return node("table", {},
    node("caption", { class: "cache" }, "Pratiques par territoire et par type"),
    node("thead", {}, node("tr", {}, node("th", { scope: "col" }, "Territoire"), ...heads, node("th", { scope: "col" }, "Toutes"))),
    node("tbody", {}, ...table.lignes.map((row) => line(row, table, data, tell))),
    node("tfoot", {}, node("tr", {}, node("th", { scope: "row" }, "Nombre sur la carte"), ...totals, node("td", {}, ""))));
}

/* What was chosen is drawn below: it is brought into view as soon as the server has answered, for two seconds at most. */
function show(title) {
  const until = Date.now() + 2000;
  const look = setInterval(() => {
    const drawn = [...document.querySelectorAll(".st-key-case h3")].find((heading) => heading.textContent.startsWith(title));
    if (drawn) document.querySelector(".st-key-case").scrollIntoView({ block: "nearest" });
    if (drawn || Date.now() > until) clearInterval(look);
  }, 50);
}

export default function ({ parentElement, data, setTriggerValue }) {
  const place = parentElement.querySelector(".coop");
  const hadFocus = place.contains(parentElement.activeElement || document.activeElement);
  return ask(data.adresse, place, "La matrice n’a pas pu être chargée.", (table) => {
    const made = drawn(table, data, setTriggerValue);
    const chosen = table.colonnes.find((column) => data.choisie.startsWith(column.code + "|"));
    if (chosen && parentElement.chosen !== data.choisie) show(chosen.libelle);
    parentElement.chosen = data.choisie;
    place.replaceChildren(
      node("div", { class: "coop-matrice", role: "region", tabindex: "0", "aria-label": "Matrice de couverture", "data-lignes": String(table.lignes.length) }, made));
    walk(made, hadFocus);
    performance.mark("cooperations:matrice");
    /* Once a visit: the page waits for it before it draws the rest. */
    if (!window.coopMatriceMontree) requestAnimationFrame(() => setTriggerValue("montree", true));
    window.coopMatriceMontree = true;
  });
}
