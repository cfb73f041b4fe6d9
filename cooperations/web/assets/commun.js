/* What the components share: building elements, and asking the server for what they show. */
export function node(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

const SVG = "http://www.w3.org/2000/svg";
const PIN = "M12 2a7 7 0 0 0-7 7c0 5 7 13 7 13s7-8 7-13a7 7 0 0 0-7-7zm0 9.5A2.5 2.5 0 1 1 12 6.5a2.5 2.5 0 0 1 0 5z";

export function pin() {
  const drawing = document.createElementNS(SVG, "svg");
  const path = document.createElementNS(SVG, "path");
  for (const [name, value] of Object.entries({ viewBox: "0 0 24 24", width: 18, height: 18, "aria-hidden": "true" })) drawing.setAttribute(name, value);
  path.setAttribute("fill", "currentColor");
  path.setAttribute("d", PIN);
  drawing.append(path);
  return drawing;
}

/* Asks for `address` and gives the answer to `show`; a failure is said, with a way to try again.
   Returns what stops it: a newer answer must not be overwritten by a late one. */
export function ask(address, place, failure, show) {
  const wanted = new AbortController();
  const again = () => {
    fetch(address, { signal: wanted.signal })
      .then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error(answer.status))))
      .then(show)
      .catch((error) => {
        if (error.name === "AbortError") return;
        const retry = node("button", { type: "button", class: "relance" }, "Réessayer");
        retry.addEventListener("click", again);
        place.replaceChildren(node("p", { role: "alert" }, failure + " ", retry));
      });
  };
  again();
  return () => wanted.abort();
}
