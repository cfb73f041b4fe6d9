/* « Autour de moi »: where the device says it is, only when the person asks; nothing leaves this application. */
import { node } from "./commun.js";

const REFUSALS = {
  1: "Votre navigateur n’a pas donné votre position. Choisissez une commune, ou touchez la carte.",
  2: "Votre appareil ne sait pas où il est. Choisissez une commune, ou touchez la carte.",
  3: "Votre appareil met trop de temps à se situer. Choisissez une commune, ou touchez la carte.",
};

export default function ({ parentElement, setTriggerValue }) {
  if (parentElement.querySelector("button")) return undefined;
  const button = node("button", { type: "button", class: "autour" }, "◎ Autour de moi");
  const message = node("p", { class: "discret", role: "status" });
  button.addEventListener("click", () => {
    if (!navigator.geolocation) {
      message.textContent = REFUSALS[2];
      return;
    }
    message.textContent = "Recherche de votre position…";
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        message.textContent = "";
        setTriggerValue("lieu", coords.longitude.toFixed(5) + "," + coords.latitude.toFixed(5));
      },
      (error) => {
        message.textContent = REFUSALS[error.code] || REFUSALS[2];
      },
      { timeout: 10000, maximumAge: 300000 },
    );
  });
  parentElement.querySelector(".coop").replaceChildren(button, message);
  return undefined;
}
