"""The site's routes, one file a page or group of actions.

A file offers `routes(site) -> list[BaseRoute]`; `adapters.web.app` finds it by being here.
"""

from __future__ import annotations
