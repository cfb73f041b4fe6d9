"""Everything that stops the build of the territories, each with its French message.

BuildError
├── SourceMissingError    an archive, or the tool that downloads it, is not there
├── UnknownTerritoryError a department that the sources do not know, or outside of the metropole
└── OutlineError          an outline is missing, invalid, or does not fit its neighbours
"""


class BuildError(Exception):
    """Parent of the errors of the build."""


class SourceMissingError(BuildError):
    """An archive cannot be found or downloaded."""


class UnknownTerritoryError(BuildError):
    """A department is unknown or cannot be projected in Lambert 93."""


class OutlineError(BuildError):
    """Outlines are missing, or overlap, or leave gaps after the repairs."""
