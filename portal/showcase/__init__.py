"""The portal shown with a made-up municipality: its files taken in, and `portal demo`. The only room that knows all."""

from portal.showcase.commands import add
from portal.showcase.filling import fill

__all__ = ["add", "fill"]
