/* Counts by type and territory: a real table, whose numbers are buttons that filter. */
function node(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

function cell(value, words, press) {
  if (value === 0) return node("td", { class: "zero" }, "0");
  const button = node("button", { type: "button", "aria-label": words + " : " + value + ". Filtrer." }, value.toLocaleString("fr-FR"));
  button.addEventListener("click", press);
  return node("td", {}, button);
}

export default function ({ parentElement, data, setTriggerValue }) {
  const columns = [...data.colonnes, { libelle: "Total", filtre: {} }];
  const head = node("tr", {}, node("th", { scope: "col" }, "Type de pratique"), ...columns.map((column) => node("th", { scope: "col" }, column.libelle)));
  const body = data.lignes.map((row) => {
    const total = row.code === "total";
    const sub = row.signe === "—";
    const label = row.signe && !sub ? row.signe + " " + row.libelle : row.libelle;
    const cells = row.valeurs.map((value, index) =>
      cell(value, row.libelle + ", " + columns[index].libelle, () =>
        setTriggerValue("filtrer", { ...columns[index].filtre, ...(total ? {} : { type: row.code }) })),
    );
    return node("tr", { class: total ? "total" : "" }, node("th", { scope: "row", class: sub ? "sous" : "" }, label), ...cells);
  });
  const table = node("table", {},
    node("caption", { class: "cache" }, "Nombre de pratiques par type et par territoire"),
    node("thead", {}, head), node("tbody", {}, ...body));
  const scrolled = node("div", { class: "coop-tableau", tabindex: "0", role: "region", "aria-label": "Tableau des comptes" }, table);
  parentElement.querySelector(".coop").replaceChildren(
    scrolled,
    node("p", { class: "discret" }, "Un clic sur un nombre filtre. Une pratique sur plusieurs départements compte dans chacun, et une fois dans le total."),
  );
  return undefined;
}
