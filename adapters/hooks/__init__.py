"""Hooks: where gateways hand in what people replied, and what became of messages.

    POST /hooks/<name>    JSON or a form, with the hook's secret

Rules of the room:
- Without the secret nothing is read. It is compared in constant time, and a wrong name is refused
  like a wrong secret.
- Only a number or address on record is heard. Of anybody else nothing is kept: no text, no line in
  the journal, and the gateway is told what everybody is told.
- The answer comes after the commit; what could not be kept is refused with 503, so that the
  gateway sends it again. A repeat is known by the gateway's own id.
"""

from adapters.hooks.given import Given
from adapters.hooks.receiving import hooks

__all__ = ["Given", "hooks"]
