"""What sees that a text was run: a mark that it leaves, a dialogue, another page or site, an element that it made."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterable

    from playwright.sync_api import ConsoleMessage, Dialog, Frame, Page, Request

RAN = "PIEGE executed"
MARK = f"""
Object.defineProperty(window, "PIEGE", {{
  get: () => window.piegeSeen,
  set: (value) => {{ window.piegeSeen = value; console.warn("{RAN}"); }},
}});
"""
"""What a text that is run sets, in any frame and whatever becomes of the page afterwards."""
INJECTED = """
() => {
  const found = [];
  const acts = /^\\s*(javascript|vbscript|data:text\\/html)/i;
  const look = (root) => {
    for (const one of root.querySelectorAll("*")) {
      for (const { name, value } of one.attributes) {
        const runs = name.startsWith("on") && value.includes("PIEGE");
        const leads = ["href", "src", "action", "formaction", "srcdoc", "data"].includes(name) && acts.test(value);
        const asks = ["href", "src"].includes(name) && /(mechant|evil)\\.example/.test(value);
        if (runs || leads || asks) found.push(`<${one.localName} ${name}="${value}">`);
      }
      if (one.localName === "script" && /^window\\.PIEGE/.test(one.textContent.trim())) found.push("<script>");
      if (one.shadowRoot) look(one.shadowRoot);
    }
  };
  look(document);
  if (window.PIEGE) found.push("executed");
  return found;
}
"""
"""What of a hostile text became more than text in a page, shadow trees included."""
TEXT_OF = """
() => {
  const read = (root) => {
    const found = [(root.documentElement ?? root).textContent];
    for (const one of root.querySelectorAll("*")) {
      found.push(one.value ?? "", one.getAttribute("aria-label") ?? "");
      if (one.shadowRoot) found.push(read(one.shadowRoot));
    }
    return found.join(" ");
  };
  return read(document);
}
"""
"""All that a page shows, what its fields hold included."""


class Watch:
    """What a page did that no text may make it do."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.caught: list[str] = []
        page.add_init_script(MARK)
        page.on("dialog", self._dialog)
        page.on("console", self._console)
        page.on("request", self._request)
        page.on("framenavigated", self._moved)
        page.on("popup", lambda other: self.caught.append(f"opened {other.url}"))

    def check(self, wait_ms: float = 0) -> None:
        """Fail when something was run, or is there to be."""
        self.page.wait_for_timeout(wait_ms)
        for frame in self.page.frames:
            self.caught += [f"{one} in {frame.url}" for one in frame.evaluate(INJECTED)]
        caught, self.caught = self.caught, []
        assert not caught, caught

    def check_shows(self, texts: Iterable[str]) -> None:
        """Fail when a text is not shown whole, or when something was run."""
        shown = "".join(" ".join(frame.evaluate(TEXT_OF) for frame in self.page.frames).split()).replace("\u2060", "")
        lost = [text for text in texts if "".join(text.split()) not in shown]
        assert not lost, (len(lost), lost[:5])
        self.check()

    def _dialog(self, dialog: Dialog) -> None:
        self.caught.append(f"dialogue {dialog.message}")
        dialog.dismiss()

    def _console(self, message: ConsoleMessage) -> None:
        if RAN in message.text or "Content Security Policy" in message.text:
            self.caught.append(message.text)

    def _request(self, request: Request) -> None:
        if urlsplit(request.url).hostname not in {"127.0.0.1", None, ""}:
            self.caught.append(f"asked {request.url}")

    def _moved(self, frame: Frame) -> None:
        address = urlsplit(frame.url)
        if address.scheme in {"javascript", "vbscript", "data"} or address.hostname not in {"127.0.0.1", None, ""}:
            self.caught.append(f"went to {frame.url}")
