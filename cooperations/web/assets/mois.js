/* A month: a real table, read by its headers. Page keys and the two buttons go from a month to the next. */
import { node } from "./commun.js";
import { showOpened } from "./agenda.js";

const DAYS = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"];

function meeting(one, open) {
  const said = [one.heure, one.nom, one.marques].filter(Boolean).join(", ");
  const made = node("button", { type: "button", class: [one.passee && "passee", one.annulee && "annulee"].filter(Boolean).join(" "), "aria-label": said, title: said, "data-id": one.id },
    node("span", { class: "heure" }, one.heure || "•"), node("span", { class: "nom" }, one.nom));
  made.addEventListener("click", () => open(one));
  return node("li", {}, made);
}

function cell(day, open) {
  const number = node("span", { class: "jour" }, String(day.numero));
  const held = day.rencontres.map((one) => meeting(one, open));
  const names = [day.dehors && "dehors", day.aujourdhui && "aujourdhui", held.length && "tenu"].filter(Boolean).join(" ");
  const made = node("td", { class: names }, number);
  if (day.aujourdhui) made.setAttribute("aria-current", "date");
  if (held.length) made.append(node("ul", { "aria-label": day.jour }, ...held));
  return made;
}

function table(data, open) {
  const heads = DAYS.map((day) => node("th", { scope: "col", abbr: day }, node("abbr", { title: day }, day.slice(0, 3) + ".")));
  return node("table", {},
    node("caption", { class: "cache" }, "Rencontres de " + data.libelle),
    node("thead", {}, node("tr", {}, ...heads)),
    node("tbody", {}, ...data.semaines.map((week) => node("tr", {}, ...week.map((day) => cell(day, open))))));
}

function bar(data, go) {
  const button = (label, text, month) => {
    const made = node("button", { type: "button", "aria-label": label, title: label, "data-mois": month }, text);
    made.addEventListener("click", () => go(month, label));
    return made;
  };
  const today = data.mois === data.present ? [] : [button("Revenir au mois présent", "Aujourd’hui", data.present)];
  return node("div", { class: "barre" },
    button("Mois précédent", "‹", data.avant),
    node("h3", { "aria-live": "polite" }, data.libelle.charAt(0).toUpperCase() + data.libelle.slice(1)),
    button("Mois suivant", "›", data.apres), ...today);
}

export default function ({ parentElement, data, setTriggerValue }) {
  const place = parentElement.querySelector(".coop");
  /* The month is drawn again: the focus goes back to the button that was pressed, or to the table. */
  const go = (month, label) => {
    place.dataset.focus = label;
    setTriggerValue("mois", month);
  };
  const open = (one) => {
    setTriggerValue("ouvrir", one.id);
    showOpened(one.nom);
  };
  const box = node("div", { class: "coop-mois", "data-mois": data.mois, role: "group", tabindex: "0", "aria-label": "Mois\u00a0: pages précédente et suivante pour en changer" }, bar(data, go), table(data, open));
  box.addEventListener("keydown", (event) => {
    const month = { PageUp: data.avant, PageDown: data.apres }[event.key];
    if (!month) return;
    event.preventDefault();
    go(month, "");
  });
  const wanted = place.dataset.focus;
  delete place.dataset.focus;
  place.replaceChildren(box);
  if (wanted === undefined) return;
  const pressed = wanted && box.querySelector(".barre button[aria-label='" + wanted + "']");
  (pressed || box).focus({ preventScroll: true });
}
