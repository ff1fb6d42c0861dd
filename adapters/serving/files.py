"""Handing out the files pages are made of.

Rules of the room:
- An address of the present version may be kept for good; an older one is looked at again.
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from adapters.serving.assets import Assets

KEPT_FOR_GOOD = "public, max-age=31536000, immutable"


def served(assets: Assets, request: Request) -> Response | None:
    """The file that a path with `{version}` and `{name}` asks for; `None` if there is none."""
    asset = assets.get(request.path_params["name"])
    if asset is None:
        return None
    current = request.path_params["version"] == assets.version
    headers = {
        "cache-control": KEPT_FOR_GOOD if current else "no-cache",
        "vary": "accept-encoding",
    }
    if "gzip" in request.headers.get("accept-encoding", ""):
        headers["content-encoding"] = "gzip"
        return Response(asset.packed, media_type=asset.media_type, headers=headers)
    return Response(asset.content, media_type=asset.media_type, headers=headers)
