/* The list of practices, asked of the server. The map announces what it shows; the list marks it and scrolls to it. */
import { ask, node, pin } from "./commun.js";

function item(row, [character, colour], open) {
  const link = node("a", { href: "/" + row.address }, row.name);
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open(row.id);
  });
  const sign = node("span", { class: "signe", style: "color:" + colour, "aria-hidden": "true" }, character);
  const body = node("div", { class: "corps" }, link,
    node("div", { class: "discret" }, row.type_label),
    node("div", { class: "discret" }, [row.place, row.status].filter(Boolean).join(" · ")));
  const made = node("li", { "data-id": row.id }, sign, body);
  if (row.longitude !== null) {
    const label = "Situer sur la carte : " + row.name;
    const locate = node("button", { type: "button", class: "situer", title: "Situer sur la carte", "aria-label": label }, pin());
    locate.addEventListener("click", () => window.dispatchEvent(new CustomEvent("cooperations:viser", { detail: row })));
    made.append(locate);
  }
  return made;
}

function sorter(data, sort) {
  const orders = Object.entries(data.tris).map(([code, label]) => new Option(label, code, false, code === data.tri));
  const order = node("select", {}, ...orders);
  order.addEventListener("change", () => sort(order.value));
  return node("label", { class: "tri" }, "Trier par ", order);
}

export default function ({ parentElement, data, setTriggerValue }) {
  let rows = [];
  const list = node("ol", { class: "coop-liste", tabindex: "0", "aria-label": "Pratiques", "aria-busy": "true" });
  const place = parentElement.querySelector(".coop");
  const shown = place.querySelector(".coop-liste");
  /* What was shown stays until the new list is there. */
  if (!shown) place.replaceChildren(sorter(data, (order) => setTriggerValue("trier", order)), list);

  const mark = (name, chosen) => {
    [...list.children].forEach((made, index) => made.classList.toggle(name, chosen(rows[index])));
    const first = list.querySelector("li." + name);
    if (first) list.scrollTo({ top: first.offsetTop - list.offsetTop });
  };
  const onView = (event) => {
    const [west, south, east, north] = event.detail.bornes;
    mark("vu", (row) => row.longitude !== null && row.longitude >= west && row.longitude <= east && row.latitude >= south && row.latitude <= north);
  };
  const onChoice = (event) => mark("choisi", (row) => row.id === event.detail.id);

  function fill(answer) {
    rows = answer.lignes;
    list.replaceChildren(...rows.map((row) => item(row, data.signes[row.rang], (id) => setTriggerValue("ouvrir", id))));
    list.removeAttribute("aria-busy");
    list.setAttribute("data-total", answer.total);
    place.replaceChildren(sorter(data, (order) => setTriggerValue("trier", order)), list);
    /* The map may have spoken before this list was there to listen. */
    if (window.coopVue) onView({ detail: window.coopVue });
    if (window.coopChoix?.id) onChoice({ detail: window.coopChoix });
  }
  const stop = ask(data.adresse, place, "La liste n’a pas pu être chargée.", fill);
  window.addEventListener("cooperations:vue", onView);
  window.addEventListener("cooperations:choix", onChoice);
  return () => {
    stop();
    window.removeEventListener("cooperations:vue", onView);
    window.removeEventListener("cooperations:choix", onChoice);
  };
}
