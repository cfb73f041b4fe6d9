/* The one button of the printed page. */
document.getElementById("imprimer").addEventListener("click", () => window.print());
