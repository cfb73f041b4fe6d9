/* The draft of a proposal, kept on this device alone: with each letter, so that a lost line loses nothing. */
import { node } from "./commun.js";

const PREFIX = "coop-proposition:";

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key) || "null");
  } catch {
    return null;
  }
}

const SENT = "recu";
let shown = null;

/* The button that was pressed is gone with its step: who uses a keyboard or a screen reader goes on from the new one. */
function arrive(step) {
  const moved = shown !== null && shown !== step;
  shown = step;
  if (!moved) return;
  const wait = (tries) => {
    const title = document.querySelector(step === SENT ? "[data-testid='stAlert']" : `.coop-etapes [aria-current][data-etape="${step}"]`);
    if (title) {
      title.tabIndex = -1;
      title.focus();
    } else if (tries) setTimeout(wait, 50, tries - 1);
  };
  wait(40);
}

export default function ({ parentElement, data, setTriggerValue }) {
  arrive(data.etape);
  const key = PREFIX + data.place;
  const message = node("p", { class: "discret", role: "status" });
  parentElement.querySelector(".coop").replaceChildren(message);

  function keep(draft) {
    try {
      localStorage.setItem(key, JSON.stringify(draft));
      message.textContent = "Brouillon enregistré sur cet appareil.";
    } catch {
      message.textContent = "Cet appareil ne garde pas de brouillon\u00a0: envoyez avant de fermer la page.";
    }
  }
  if (data.vider) {
    localStorage.removeItem(key);
  }
  const held = read(key);
  if (data.brouillon && !data.vider) keep(JSON.parse(data.brouillon));
  else if (held && held.valeurs) setTriggerValue("reprendre", JSON.stringify(held));

  /* What is typed is known to the server only when the field is left: meanwhile it is kept here. */
  function note() {
    const draft = read(key) || { valeurs: {}, acteurs: [], etape: 0, jeton: "", sujet: data.sujet };
    let typedIn = 0;
    for (const field of document.querySelectorAll(`.st-key-${data.formulaire} :is(input, textarea)[aria-label]`)) {
      const name = data.champs[field.getAttribute("aria-label")];
      if (!name || field.value === (draft.valeurs[name] ?? data.tenues[name] ?? "")) continue;
      draft.valeurs[name] = field.value;
      typedIn += 1;
    }
    if (typedIn) keep(draft);
  }
  function typed(event) {
    if (!event.target.closest?.(".st-key-" + data.formulaire)) return;
    note();
  }
  if (!held) note();
  document.addEventListener("input", typed);
  return () => document.removeEventListener("input", typed);
}
