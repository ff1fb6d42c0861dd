"""The board's routes, one file a page; a file that offers `routes(board)` is part of it."""

from __future__ import annotations

import importlib
import pkgutil
from typing import TYPE_CHECKING

from starlette.routing import BaseRoute

if TYPE_CHECKING:
    from adapters.board.site import Board


def discover(board: Board) -> list[BaseRoute]:
    """Every route of every file in the folder, in the order of the files' names."""
    found: list[BaseRoute] = []
    for name in sorted(module.name for module in pkgutil.iter_modules(__path__)):
        found += importlib.import_module(f"{__name__}.{name}").routes(board)
    return found
