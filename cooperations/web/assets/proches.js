/* What is already known under a name like the one being typed, said below the field while it is typed. */
import { node } from "./commun.js";

const PAUSE_MS = 200;
const SHORTEST = 3;

export default function ({ parentElement, data }) {
  const place = parentElement.querySelector(".coop");
  const box = node("div", { class: "coop-proches", role: "status", "aria-live": "polite" });
  place.replaceChildren(box);
  let timer = 0;
  let request = null;

  function show(found) {
    if (!found.length) return box.replaceChildren();
    const lines = found.map((one) => {
      const link = node("a", { href: "/" + one.adresse, target: "_blank", rel: "noopener" }, one.nom);
      return node("li", one.probable ? { class: "probable" } : {}, link, node("span", {}, one.ou));
    });
    const title = found.some((one) => one.probable) ? "Peut-être déjà connue\u00a0:" : "Noms proches déjà connus\u00a0:";
    return box.replaceChildren(node("p", {}, title), node("ul", {}, ...lines));
  }
  function ask(text) {
    if (request) request.abort();
    if (text.trim().length < SHORTEST) return show([]);
    request = new AbortController();
    const query = new URLSearchParams({ nom: text, territoires: data.territoires, sauf: data.sauf, sujet: data.sujet });
    return fetch("/api/contributions/proches?" + query, { signal: request.signal })
      .then((answer) => (answer.ok ? answer.json() : []))
      .then(show)
      .catch(() => {});
  }
  function typed(event) {
    if (!event.target.matches?.(data.champ)) return;
    clearTimeout(timer);
    timer = setTimeout(() => ask(event.target.value), PAUSE_MS);
  }
  document.addEventListener("input", typed);
  const field = document.querySelector(data.champ);
  if (field && field.value) ask(field.value);
  return () => {
    clearTimeout(timer);
    document.removeEventListener("input", typed);
  };
}
