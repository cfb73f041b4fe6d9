"""Where the data come from, what the words mean, and the files to take away."""

from cooperations.catalogue import Catalogue
from cooperations.ui import about, takeaway
from cooperations.ui.frame import draw_page


def content(catalogue: Catalogue) -> None:
    """Draw the page."""
    about.introduction(catalogue)
    takeaway.files(catalogue)
    takeaway.api()
    about.vocabulary(catalogue)
    about.meetings(catalogue)
    about.lists()
    about.gaps(catalogue)
    about.downloads(catalogue)
    about.embeds()


draw_page(content)
