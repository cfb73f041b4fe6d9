/* Meetings as a list: a leaf of a calendar, then what, when, where. A name opens its meeting above. */
import { node } from "./commun.js";

const PATIENCE_MS = 4000;

/* The meeting that was opened is drawn above: brought into view with the focus once the server has answered. */
export function showOpened(name) {
  const until = Date.now() + PATIENCE_MS;
  const look = setInterval(() => {
    const heading = [...document.querySelectorAll(".st-key-rencontre-ouverte h2")].find((one) => one.textContent.trim() === name.trim());
    if (heading) {
      heading.setAttribute("tabindex", "-1");
      heading.focus({ preventScroll: true });
      heading.scrollIntoView({ block: "center" });
    }
    if (heading || Date.now() > until) clearInterval(look);
  }, 50);
}

function words(text, className) {
  return text ? [node("div", { class: className }, text)] : [];
}

function item(row, open) {
  const link = node("a", { href: "/agenda?rencontre=" + encodeURIComponent(row.id) }, row.name);
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open(row);
  });
  const leaf = node("div", { class: "feuille", "aria-hidden": "true" }, node("b", {}, row.day), node("span", {}, row.month));
  const marks = row.marks.map((mark) => node("span", { class: "marque" }, mark));
  const body = node("div", { class: "corps" },
    node("div", { class: "nom" }, link, ...marks),
    node("div", { class: "quand" }, row.when, ...(row.rule ? [" (" + row.rule + ")"] : [])),
    ...words(row.reason && "Raison\u00a0: " + row.reason, "raison"),
    ...words(row.place, "discret"), ...words(row.about, "discret"));
  return node("li", { "data-id": row.id, class: row.marks.length ? "marquee" : "" }, leaf, body);
}

export default function ({ parentElement, data, setTriggerValue }) {
  const place = parentElement.querySelector(".coop");
  const open = (row) => {
    setTriggerValue("ouvrir", row.id);
    showOpened(row.name);
  };
  place.replaceChildren(node("ol", { class: "coop-agenda", "aria-label": data.libelle }, ...data.lignes.map((row) => item(row, open))));
}
