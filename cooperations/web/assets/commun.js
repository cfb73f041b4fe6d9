/* What the components share: building elements, and asking the server for what they show. */
export function node(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
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
