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
  const columns = [...data.colonnes, "Total"];
  const heads = ["Type de pratique", ...columns].map((label) => node("th", { scope: "col" }, label));
  const body = data.lignes.map(([sign, label], row) => {
    const last = row === data.lignes.length - 1;
    const head = node("th", { scope: "row", class: sign === "—" ? "sous" : "" }, sign && sign !== "—" ? sign + " " + label : label);
    const cells = data.valeurs[row].map((value, column) =>
      cell(value, label + ", " + columns[column], () => setTriggerValue("filtrer", [row, column])),
    );
    return node("tr", { class: last ? "total" : "" }, head, ...cells);
  });
  const table = node("table", {},
    node("caption", { class: "cache" }, "Nombre de pratiques par type et par territoire"),
    node("thead", {}, node("tr", {}, ...heads)), node("tbody", {}, ...body));
  const scrolled = node("div", { class: "coop-tableau", tabindex: "0", role: "region", "aria-label": "Tableau des comptes" }, table);
  parentElement.querySelector(".coop").replaceChildren(
    scrolled,
    node("p", { class: "discret" }, "Un clic sur un nombre filtre. Une pratique sur plusieurs départements compte dans chacun, et une fois dans le total."),
  );
  return undefined;
}
