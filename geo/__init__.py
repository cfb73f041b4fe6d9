"""Territories of the map: the build of the files of this folder from public sources."""
