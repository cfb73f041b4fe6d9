/* Takes the preview away once the page has drawn what it stands in for, shows something else, or is being used. */
const LOOK_MS = 40;
/* A page that took long to write its title takes as long to draw the rest. */
const PATIENCE_MS = 5000;
const MOST_PATIENCE_MS = 20000;
const LONG_MS = 8000;
const TOO_LONG_MS = 30000;
const MAIN = "#root [data-testid='stMain'] ";
const SAID = MAIN + ":is([data-testid='stAlert'], [data-testid='stException'])";
const GESTURES = ["focusin", "pointerdown", "wheel", "touchmove", "keydown"];
const begun = location.pathname;
const preview = document.getElementById("apercu");
let titled = 0;
let used = false;
let waiting = null;

function isOver(now) {
  if (!titled && document.querySelector(MAIN + "h1")) titled = now;
  const patience = Math.min(MOST_PATIENCE_MS, Math.max(PATIENCE_MS, 2 * titled));
  const late = titled && now - titled > patience;
  return late || used || window.coopMontree || window.coopMatriceMontree || location.pathname !== begun || document.querySelector(SAID);
}

function use(event) {
  if (titled && event.target.closest?.(MAIN)) used = true;
}

function say(text, ...others) {
  if (waiting?.dataset.texte === text) return;
  waiting ??= Object.assign(document.createElement("p"), { id: "apercu-attente" });
  waiting.setAttribute("role", "status");
  waiting.dataset.texte = text;
  waiting.replaceChildren(text, ...others);
  document.body.append(waiting);
}

function wait(now) {
  if (titled) waiting?.remove();
  else if (now > TOO_LONG_MS) {
    const again = Object.assign(document.createElement("button"), { type: "button", textContent: "Recharger" });
    again.addEventListener("click", () => location.reload());
    say("La page ne répond pas\u00a0: le réseau ou le serveur est peut-être coupé.", again);
  } else if (now > LONG_MS) say("La page se charge toujours…");
}

const looking = preview && setInterval(() => {
  const now = performance.now();
  wait(now);
  /* Not « :has » in the style: it is worked out again at each element that Streamlit adds. */
  if (document.querySelector("[data-testid='stSidebar']")) preview.classList.add("panneau");
  if (!isOver(now)) return;
  clearInterval(looking);
  GESTURES.forEach((name) => removeEventListener(name, use, true));
  waiting?.remove();
  /* Once what replaces it is painted. */
  requestAnimationFrame(() => requestAnimationFrame(() => preview.remove()));
}, LOOK_MS);
GESTURES.forEach((name) => addEventListener(name, use, { capture: true, passive: true }));
