/* Counts by type and territory: a real table, whose numbers are buttons that filter. */
import { ask, node } from "./commun.js";

function cell(value, words, press) {
  if (value === 0) return node("td", { class: "zero" }, "0");
  if (!press) return node("td", {}, value.toLocaleString("fr-FR"));
  const button = node("button", { type: "button", "aria-label": words + " : " + value + ". Filtrer." }, value.toLocaleString("fr-FR"));
  button.addEventListener("click", press);
  return node("td", {}, button);
}

function heading(row, signs) {
  const label = signs[row.code] ? signs[row.code] + " " + row.libelle : row.libelle;
  return node("th", { scope: "row", class: row.parent ? "sous" : "" }, label);
}

/* The grand total stands for what is already shown. */
function filters(row, column, counts) {
  return row.code !== "total" || column < counts.colonnes.length - 1;
}

function table(counts, signs, press) {
  const heads = ["Type de pratique", ...counts.colonnes].map((label) => node("th", { scope: "col" }, label));
  const body = counts.lignes.map((row, position) => {
    const cells = counts.valeurs[position].map((value, column) =>
      cell(value, row.libelle + ", " + counts.colonnes[column], filters(row, column, counts) && (() => press([row.code, column]))),
    );
    return node("tr", { class: row.code === "total" ? "total" : "" }, heading(row, signs), ...cells);
  });
  return node("table", {},
    node("caption", { class: "cache" }, "Nombre de pratiques par type et par territoire"),
    node("thead", {}, node("tr", {}, ...heads)), node("tbody", {}, ...body));
}

export default function ({ parentElement, data, setTriggerValue }) {
  const place = parentElement.querySelector(".coop");
  return ask(data.adresse, place, "Le tableau n’a pas pu être chargé.", (counts) => {
    const shown = table(counts, data.signes, (chosen) => {
      setTriggerValue("filtrer", chosen);
      /* What changes is above. */
      document.querySelector("[data-testid='stMain']")?.scrollTo({ top: 0 });
    });
    const note = "Un clic sur un nombre filtre. Une pratique sur plusieurs départements compte dans chacun, et une fois dans le total.";
    place.replaceChildren(
      node("div", { class: "coop-tableau", tabindex: "0", role: "region", "aria-label": "Tableau des comptes" }, shown),
      node("p", { class: "discret" }, note),
    );
  });
}
