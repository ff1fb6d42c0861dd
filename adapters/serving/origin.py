"""Whether a POST comes from our own page.

Rules of the room:
- The link stands in the path, so a page elsewhere that has got hold of it could post forms in
  the person's name. Browsers say where a request was made; whatever was made elsewhere is
  refused.
- A client that says nothing at all is no browser, and one that is no browser cannot be made to
  act by somebody else's page.
- `Origin: null` alone says nothing: since our pages send no referrer, browsers from before
  `Sec-Fetch-Site` write it on our own forms as well. Turning those away would turn away
  somebody in need for nobody's benefit; a page elsewhere would need the secret link first.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.requests import Request


def from_here(request: Request, own_origin: str) -> bool:
    """True unless the browser says that another site made the request."""
    site = request.headers.get("sec-fetch-site")
    if site is not None and site not in ("same-origin", "none"):
        return False
    origin = request.headers.get("origin")
    if origin is None or origin == "null":
        return True
    if origin == own_origin:
        return True
    # Reached under another name than the configured one, such as localhost on the machine.
    host = request.headers.get("host")
    return bool(host) and urlsplit(origin).netloc == host
