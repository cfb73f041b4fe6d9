/* A combobox (WAI-ARIA 1.2 pattern) that asks the server for territories by name, post code or code. */
import { node } from "./commun.js";

export default function ({ parentElement, data, setTriggerValue }) {
  if (parentElement.querySelector("input")) return undefined;
  const input = node("input", {
    id: "coop-territoire", type: "text", role: "combobox", autocomplete: "off", spellcheck: "false",
    placeholder: data.invite, "aria-expanded": "false", "aria-controls": "coop-territoires", "aria-autocomplete": "list",
  });
  const options = node("ul", { id: "coop-territoires", role: "listbox", "aria-label": "Territoires trouvés" });
  options.hidden = true;
  const message = node("p", { class: "discret", role: "status" });
  const label = node("label", { for: "coop-territoire" }, data.libelle);
  parentElement.querySelector(".coop").replaceChildren(node("div", { class: "coop-recherche" }, label, input, options, message));
  let found = [];
  let answered = null;
  let hurried = false;
  let active = -1;
  let timer = 0;
  let request = null;

  function close() {
    options.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }
  function forget() {
    clearTimeout(timer);
    if (request) request.abort();
    hurried = false;
  }
  function choose(territory) {
    forget();
    answered = null;
    input.value = "";
    message.textContent = territory.libelle + data.fait;
    close();
    setTriggerValue("choix", territory.cle);
  }
  function activate(index) {
    active = index;
    [...options.children].forEach((option, position) => option.setAttribute("aria-selected", String(position === index)));
    const option = options.children[index];
    if (!option) return;
    input.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }
  function show(territories, text) {
    found = territories;
    answered = text;
    options.replaceChildren(
      ...territories.map((territory, index) => {
        const option = node("li", { id: "coop-territoire-" + index, role: "option", "aria-selected": "false" }, territory.libelle);
        option.addEventListener("mousedown", (event) => event.preventDefault());
        option.addEventListener("click", () => choose(territory));
        return option;
      }),
    );
    options.hidden = territories.length === 0;
    input.setAttribute("aria-expanded", String(territories.length > 0));
    message.textContent = territories.length ? "" : "Aucun territoire de ce nom en " + data.region + ".";
    activate(text && territories.length ? 0 : -1);
    if (hurried && territories.length) choose(territories[0]);
    hurried = false;
  }
  function ask() {
    if (request) request.abort();
    request = new AbortController();
    const text = input.value.trim();
    fetch("/api/territoires?q=" + encodeURIComponent(text), { signal: request.signal })
      .then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error(answer.status))))
      .then((territories) => show(territories, text))
      .catch((error) => {
        if (error.name !== "AbortError") message.textContent = "La recherche ne répond pas ; réessayez dans un instant.";
      });
  }
  const moves = {
    ArrowDown: () => activate(Math.min(active + 1, found.length - 1)),
    ArrowUp: () => activate(Math.max(active - 1, 0)),
    Enter: () => active >= 0 && choose(found[active]),
    Escape: close,
  };
  input.addEventListener("input", () => {
    forget();
    timer = setTimeout(ask, 150);
  });
  input.addEventListener("focus", ask);
  input.addEventListener("blur", () => {
    forget();
    close();
  });
  input.addEventListener("keydown", (event) => {
    /* Enter before the answer to what is typed: it takes the first one, never one of another text. */
    if (event.key === "Enter" && input.value.trim() && input.value.trim() !== answered) {
      event.preventDefault();
      hurried = true;
      return;
    }
    if (options.hidden && event.key !== "ArrowDown") return;
    if (options.hidden) return void ask();
    if (!moves[event.key]) return;
    event.preventDefault();
    moves[event.key]();
  });
  return undefined;
}
