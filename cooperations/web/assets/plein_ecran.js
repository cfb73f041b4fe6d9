/* A button that gives the whole screen to the page, and takes it back; none where the browser refuses. */
import { node } from "./commun.js";

const STYLE =
  "font-size: 0.875rem; min-height: 2.5rem; padding: 0.25rem 0.75rem; white-space: nowrap; border: 1px solid var(--st-border-color); border-radius: var(--st-base-radius)";

export default function ({ parentElement, data }) {
  if (!document.fullscreenEnabled) return undefined;
  const button = node("button", { type: "button", style: STYLE });
  const say = () => { button.textContent = document.fullscreenElement ? data.sortir : data.entrer; };
  const refused = () => { button.hidden = true; };
  button.addEventListener("click", () => {
    const asked = document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen();
    asked.catch(refused);
  });
  document.addEventListener("fullscreenchange", say);
  say();
  parentElement.querySelector(".coop").replaceChildren(button);
  return () => document.removeEventListener("fullscreenchange", say);
}
