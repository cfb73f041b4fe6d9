/* The list of practices. The map announces what it shows; the list marks it and scrolls to it. */
const PIN = "M12 2a7 7 0 0 0-7 7c0 5 7 13 7 13s7-8 7-13a7 7 0 0 0-7-7zm0 9.5A2.5 2.5 0 1 1 12 6.5a2.5 2.5 0 0 1 0 5z";

function node(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

function pin() {
  const holder = node("span", {});
  holder.innerHTML = '<svg viewBox="0 0 24 24" width="18" height="18" aria-hidden="true"><path fill="currentColor" d="' + PIN + '"/></svg>';
  return holder.firstChild;
}

function item(row, open) {
  const link = node("a", { href: "/" + row.address }, row.name);
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open(row.id);
  });
  const sign = node("span", { class: "signe", style: "color:" + row.couleur, "aria-hidden": "true" }, row.signe);
  const body = node("div", { class: "corps" }, link,
    node("div", { class: "discret" }, row.type_label),
    node("div", { class: "discret" }, row.place + " · " + row.status));
  const made = node("li", { "data-id": row.id }, sign, body);
  if (row.longitude !== null) {
    const locate = node("button", { type: "button", class: "situer", title: "Situer sur la carte", "aria-label": "Situer sur la carte : " + row.name }, pin());
    locate.addEventListener("click", () => window.dispatchEvent(new CustomEvent("cooperations:viser", { detail: row })));
    made.append(locate);
  }
  return made;
}

export default function ({ parentElement, data, setTriggerValue }) {
  const rows = data.lignes;
  const list = node("ol", { class: "coop-liste", tabindex: "0", "aria-label": "Pratiques" });
  list.append(...rows.map((row) => item(row, (id) => setTriggerValue("ouvrir", id))));
  parentElement.querySelector(".coop").replaceChildren(list);

  const scrollTo = (made) => made && list.scrollTo({ top: made.offsetTop - list.offsetTop });
  const mark = (name, chosen) => {
    [...list.children].forEach((made, index) => made.classList.toggle(name, chosen(rows[index])));
    scrollTo(list.querySelector("li." + name));
  };
  const onView = (event) => {
    const [west, south, east, north] = event.detail.bornes;
    mark("vu", (row) => row.longitude !== null && row.longitude >= west && row.longitude <= east && row.latitude >= south && row.latitude <= north);
  };
  const onChoice = (event) => mark("choisi", (row) => row.id === event.detail.id);
  window.addEventListener("cooperations:vue", onView);
  window.addEventListener("cooperations:choix", onChoice);
  return () => {
    window.removeEventListener("cooperations:vue", onView);
    window.removeEventListener("cooperations:choix", onChoice);
  };
}
