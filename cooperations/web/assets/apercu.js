/* Takes the preview away once the page has drawn what it stands in for, or shows something else. */
const LOOK_MS = 40;
const PATIENCE_MS = 5000;
const MAIN = "#root [data-testid='stMain'] ";
const SAID = MAIN + ":is([data-testid='stAlert'], [data-testid='stException'])";
const begun = location.pathname;
let titled = 0;

function isOver() {
  if (!titled && document.querySelector(MAIN + "h1")) titled = performance.now();
  const late = titled && performance.now() - titled > PATIENCE_MS;
  return late || window.coopMontree || window.coopMatriceMontree || location.pathname !== begun || document.querySelector(SAID);
}

const looking = setInterval(() => {
  if (!isOver()) return;
  clearInterval(looking);
  /* Once what replaces it is painted. */
  requestAnimationFrame(() => requestAnimationFrame(() => document.getElementById("apercu").remove()));
}, LOOK_MS);
