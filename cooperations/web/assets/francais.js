/* What Streamlit says in English and offers no way to change, said in French as it comes.
   Labels are for screen readers and hover; texts are whole sentences, so that no word of the data is taken for one. */
const LABELS = {
  "Sidebar": "Filtres",
  "Expand sidebar": "Ouvrir les filtres",
  "Collapse sidebar": "Fermer les filtres",
  "Open": "Ouvrir la liste",
  "Close": "Fermer",
  "Help": "Aide",
  "Choose date": "Choisir une date",
  "Clear value": "Effacer la valeur",
  "Clear all": "Tout effacer",
  "Selected values": "Valeurs choisies",
  "Previous page": "Page précédente",
  "Next page": "Page suivante",
  "Previous month": "Mois précédent",
  "Next month": "Mois suivant",
  "Show/hide columns": "Choisir les colonnes",
  "Download as CSV": "Télécharger en CSV",
  "Search": "Chercher",
  "Fullscreen": "Plein écran",
  "Empty": "vide",
  "Close fullscreen": "Quitter le plein écran",
  "file upload": "Choisir un fichier",
  "Add files": "Changer de fichier",
  "Selected values": "Choix",
  "Dismiss": "Fermer",
  "Copy to clipboard": "Copier",
};
const TEXTS = {
  "Skip to main content": "Aller au contenu",
  "Page not found": "Page introuvable",
  "No results": "Aucun résultat",
  "Upload": "Choisir un fichier",
  "Select all": "Tout choisir",
  "Press Enter to apply": "Entrée ↵",
  "Press Enter to submit form": "Entrée ↵",
  "Press Ctrl+Enter to apply": "Ctrl + Entrée ↵",
  "Press ⌘+Enter to apply": "⌘ + Entrée ↵",
  "dd": "jj",
  "yyyy": "aaaa",
  "Use arrow keys to navigate dates. Enter to select. Escape to close.": "Flèches\u00a0: d’une date à l’autre. Entrée\u00a0: choisir. Échap\u00a0: fermer.",
};
const SEGMENTS = { day: "jour", month: "mois", year: "année" };
const SIZES = { "": "octets", K: "ko", M: "Mo", G: "Go" };
const PATTERNS = [
  [/^Help for (.+)$/, (_, label) => "Aide\u00a0: " + label],
  [/^(day|month|year), (.+)$/, (_, segment, label) => SEGMENTS[segment] + ", " + label],
  [/^Choose date, (.+)$/, (_, month) => "Choisir une date, " + month],
  [/^Fullscreen: (.+)$/, (_, label) => "Plein écran\u00a0: " + label],
  [/^(\d+) options? available\.?$/, (_, count) => count + " choix possibles"],
  [/^Remove (.+)$/, (_, label) => "Retirer\u00a0: " + label],
  [/^(\d+)MB per file\b(.*)$/, (_, most, types) => most + "\u00a0Mo au plus" + types],
  [/^(.+, )?(\d+)\.(\d)([KMG]?)B$/, (_, file, whole, tenth, unit) => (file || "") + whole + (tenth === "0" ? "" : "," + tenth) + "\u00a0" + SIZES[unit]],
  [/^Add: (.+)$/, (_, name) => "Ajouter\u00a0: " + name],
  [/^Selected Date: (\w+ \d+, \d+)$/, (_, day) => "Date choisie\u00a0: " + new Date(day).toLocaleDateString("fr-FR", { dateStyle: "long" })],
  [/^(The page that you have requested|You have requested page) .*Running the app's main page\.$/, () => "Aucune page n’a cette adresse. Voici la carte."],
];
const ALL = { ...TEXTS, ...LABELS };
const ATTRIBUTES = ["aria-label", "aria-valuetext", "title", "placeholder"];

function french(words, known) {
  if (Object.hasOwn(known, words)) return known[words];
  const [found, say] = PATTERNS.find(([pattern]) => pattern.test(words)) || [];
  return found ? words.replace(found, say) : words;
}

function translate(node) {
  if (node.nodeType === Node.TEXT_NODE) {
    const said = french(node.nodeValue, TEXTS);
    if (said !== node.nodeValue) node.nodeValue = said;
    return;
  }
  for (const name of ATTRIBUTES) {
    const words = node.getAttribute(name);
    const said = words && french(words, ALL);
    if (words !== said) node.setAttribute(name, said);
  }
}

function translateAll(root) {
  translate(root);
  const inside = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
  while (inside.nextNode()) translate(inside.currentNode);
}

new MutationObserver((changes) => {
  for (const { type, target, addedNodes } of changes) {
    if (type === "childList") addedNodes.forEach((node) => node.nodeType !== Node.COMMENT_NODE && translateAll(node));
    else translate(target);
  }
}).observe(document.documentElement, { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ATTRIBUTES });
translateAll(document.documentElement);
