"""What a PDF says of itself and how it reads, for the tests of documents."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any, TypeVar

import pikepdf
import pypdfium2
import zxingcpp

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PIL.Image import Image


T = TypeVar("T")


@dataclass(frozen=True)
class Read:
    """A PDF, read by two libraries that did not make it."""

    content: bytes

    @property
    def pages(self) -> list[str]:
        """The text of each page, lines joined, every space plain, the places where a long word may break left out."""
        with pypdfium2.PdfDocument(self.content) as document:
            read = [page.get_textpage().get_text_range() for page in document]
        return [" ".join(text.replace("\u200b", "").split()) for text in read]

    @property
    def text(self) -> str:
        """The text of all pages."""
        return " ".join(self.pages)

    @property
    def language(self) -> str:
        """The language that the file declares."""
        return self._opened(lambda pdf: str(pdf.Root.Lang))

    @property
    def title(self) -> str:
        """The title that its metadata hold, shown in place of the file's name."""
        return self._opened(lambda pdf: str(pdf.docinfo["/Title"]) * bool(pdf.Root.ViewerPreferences.DisplayDocTitle))

    @property
    def claims_accessibility(self) -> bool:
        """Whether it is tagged, and says that it follows PDF/UA-1."""

        def claimed(pdf: pikepdf.Pdf) -> bool:
            with pdf.open_metadata() as metadata:
                return bool(pdf.Root.MarkInfo.Marked) and str(metadata.get("pdfuaid:part")) == "1"

        return self._opened(claimed)

    @property
    def tags(self) -> list[str]:
        """The kinds of its structure's elements, in reading order."""
        return self._opened(lambda pdf: [str(one.S)[1:] for one in _elements(pdf.Root.StructTreeRoot)])

    @property
    def alternatives(self) -> list[str]:
        """The texts that stand for its figures."""
        found = "/Alt"
        return self._opened(
            lambda pdf: [
                str(one.Alt) for one in _elements(pdf.Root.StructTreeRoot) if one.S == "/Figure" and found in one
            ]
        )

    @property
    def bookmarks(self) -> list[str]:
        """The titles of its outline, depth first."""

        def titles(pdf: pikepdf.Pdf) -> list[str]:
            with pdf.open_outline() as outline:
                return list(_titles(outline.root))

        return self._opened(titles)

    @property
    def fonts(self) -> dict[str, bool]:
        """Each font, and whether it is within the file."""

        def embedded(pdf: pikepdf.Pdf) -> dict[str, bool]:
            return dict(_font(one) for one in pdf.objects if _is_font(one))

        return self._opened(embedded)

    @property
    def doings(self) -> list[str]:
        """What it would do besides being read: scripts, actions, forms, files within, links to anything but a page."""
        return self._opened(lambda pdf: sorted({found for one in pdf.objects for found in _doings(one)}))

    def image(self, page: int, scale: float = 1) -> Image:
        """Return a page as it is seen, at 72 points an inch times `scale`."""
        with pypdfium2.PdfDocument(self.content) as document:
            drawn: Image = document[page].render(scale=scale).to_pil()
        return drawn

    def codes(self, page: int) -> list[str]:
        """Return where the QR codes of a page lead, read as a telephone does."""
        return [found.text for found in zxingcpp.read_barcodes(self.image(page, 3))]

    def _opened(self, read: Callable[[pikepdf.Pdf], T]) -> T:
        with pikepdf.open(BytesIO(self.content)) as pdf:
            return read(pdf)


_KEYS = {"/JS", "/JavaScript", "/AA", "/OpenAction", "/AcroForm", "/XFA", "/EF", "/EmbeddedFiles", "/RichMediaContent"}
_ACTIONS = {
    "/JavaScript",
    "/Launch",
    "/SubmitForm",
    "/ImportData",
    "/GoToR",
    "/GoToE",
    "/Rendition",
    "/Movie",
    "/Sound",
}


def _doings(one: Any) -> Iterator[str]:
    """Yield what an object does, those written within it included."""
    if isinstance(one, pikepdf.Stream):
        one = one.stream_dict
    if isinstance(one, pikepdf.Dictionary):
        yield from _KEYS & {*one.keys()}
        yield from _ACTIONS & {str(one.get("/S"))}
        address = str(one.get("/URI", "https:"))
        if not address.startswith(("https:", "http:", "mailto:")):
            yield address
    if isinstance(one, (pikepdf.Dictionary, pikepdf.Array)):
        children = one.as_list() if isinstance(one, pikepdf.Array) else one.as_dict().values()
        for child in children:
            if isinstance(child, pikepdf.Object) and not child.is_indirect:
                yield from _doings(child)


def _elements(node: Any) -> Iterator[Any]:
    children = node.get("/K")
    if children is None:
        return
    for child in children if isinstance(children, pikepdf.Array) else [children]:
        if isinstance(child, pikepdf.Dictionary) and "/S" in child:
            yield child
            yield from _elements(child)


def _titles(items: Any) -> Iterator[str]:
    for item in items:
        yield str(item.title)
        yield from _titles(item.children)


def _is_font(one: Any) -> bool:
    return isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/FontDescriptor"


def _font(descriptor: Any) -> tuple[str, bool]:
    return str(descriptor.FontName)[1:], any(f"/FontFile{kind}" in descriptor for kind in ("", "2", "3"))
