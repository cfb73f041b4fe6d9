/* A text to take away: a button that copies it, and says that it did. */
import { node } from "./commun.js";

/* The clipboard's own way needs https; a field that is selected and copied does not. */
async function copy(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const field = node("textarea", { class: "cache" });
  field.value = text;
  document.body.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  return done ? undefined : Promise.reject(new Error("copy"));
}

export default function ({ parentElement, data }) {
  const place = parentElement.querySelector(".coop");
  const said = node("span", { role: "status" });
  const button = node("button", { type: "button", class: "copier" }, data.libelle);
  button.addEventListener("click", () =>
    copy(data.texte).then(
      () => { said.textContent = " Copié."; },
      () => { said.textContent = " Le navigateur refuse de copier\u00a0: sélectionnez le texte."; },
    ));
  place.replaceChildren(button, said);
}
