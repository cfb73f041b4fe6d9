/* The list of offers, asked of the server: what the map shows, in order of distance, with the reason and the proof. */
import { ask, node, pin } from "./commun.js";

/* What the server says is kept, and what was pressed since that it has not said yet: a second press must not undo
   the first, whichever list it was made on. */
let told = [];
const pressed = new Map();
const PATIENCE_MS = 5000;

function keptNow() {
  const kept = new Set(told);
  for (const [id, { held, until }] of pressed) {
    if (kept.has(id) === held || until < Date.now()) pressed.delete(id);
    else if (held) kept.add(id);
    else kept.delete(id);
  }
  return kept;
}

function said(words, className) {
  return words ? [node("div", { class: className }, words)] : [];
}

function chooser(row, kept, act) {
  const button = node("button", { type: "button", class: "retenir" });
  const say = (held) => {
    button.textContent = held ? "✓ Retenue" : "+ Retenir";
    button.setAttribute("aria-pressed", String(held));
    button.setAttribute("aria-label", (held ? "Retenue\u00a0: " : "Retenir\u00a0: ") + row.nom);
    button.title = held ? "Retirer de la sélection" : "Ajouter à la sélection";
  };
  say(kept.has(row.id));
  button.addEventListener("click", () => {
    const held = button.getAttribute("aria-pressed") !== "true";
    pressed.set(row.id, { held, until: Date.now() + PATIENCE_MS });
    say(held);
    act("retenir", [...keptNow()].join(","));
  });
  return button;
}

function locator(row) {
  const label = "Situer sur la carte\u00a0: " + row.nom;
  const button = node("button", { type: "button", class: "situer", "aria-label": label, title: "Situer sur la carte" }, pin());
  button.addEventListener("click", () => window.dispatchEvent(new CustomEvent("cooperations:viser", { detail: row })));
  return button;
}

function proof(one, act) {
  const link = node("a", { href: "/" + one.adresse }, one.texte);
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    act("pratique", new URLSearchParams(one.adresse.split("?")[1]).get("id"));
  });
  return node("div", { class: "preuve" }, "✓ ", link);
}

function item(row, data, kept, act) {
  const [character, colour] = data.signes[row.secteur];
  const link = node("a", { href: "/offre?id=" + encodeURIComponent(row.id) }, row.nom);
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    act("offre", row.id);
  });
  const body = node("div", { class: "corps" }, link,
    ...said([row.categorie, row.lieu].filter(Boolean).join(" · "), "discret"),
    ...said(row.achats, "discret"),
    ...said(row.raisons.join(" · "), "raison"),
    ...row.preuves.map((one) => proof(one, act)),
    ...row.marches.map((words) => node("div", { class: "preuve" }, "✓ marché attribué, " + words)));
  const tools = node("div", { class: "outils" }, chooser(row, kept, act), ...(row.longitude === null ? [] : [locator(row)]));
  const sign = node("span", { class: "signe", style: "color:" + colour, "aria-hidden": "true" }, character);
  return node("li", { "data-id": row.id }, sign, body, tools);
}

export default function ({ parentElement, data, setTriggerValue }) {
  const place = parentElement.querySelector(".coop");
  told = data.retenues;
  const list = node("ol", { class: "coop-liste coop-offres", tabindex: "0", "aria-label": "Structures", "aria-busy": "true" });
  if (!place.querySelector(".coop-liste")) place.replaceChildren(list);
  let rows = [];
  const mark = (name, chosen) => {
    [...list.children].forEach((made, index) => made.classList.toggle(name, chosen(rows[index])));
    const first = list.querySelector("li." + name);
    if (first) list.scrollTo({ top: first.offsetTop - list.offsetTop });
  };
  const onChoice = (event) => mark("choisi", (row) => row.id === event.detail.id);
  function fill(answer) {
    rows = answer.lignes;
    const kept = keptNow();
    list.replaceChildren(...rows.map((row) => item(row, data, kept, setTriggerValue)));
    list.removeAttribute("aria-busy");
    list.setAttribute("data-total", answer.total);
    list.setAttribute("data-page", answer.page);
    place.replaceChildren(list);
  }
  const stop = ask(data.adresse, place, "La liste n’a pas pu être chargée.", fill);
  window.addEventListener("cooperations:choix", onChoice);
  return () => {
    stop();
    window.removeEventListener("cooperations:choix", onChoice);
  };
}
