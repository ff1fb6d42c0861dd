"""The web chat: one small page a person, opened by their own signed link.

Rules of the room:
- The link is the key: whoever holds it is that person. It appears in no log, no `Referer` and
  no page of anybody else.
- Opening a page changes nothing; mail scanners and link previews open links. Only a POST from
  our own page acts.
- The page is complete without JavaScript. The script adds liveness, a queue for what could not
  be sent yet, and the place and photo buttons' comfort.
- Nothing here decides. A request becomes an event for the `Door`; a page is drawn from `Feed`.

A tap, from thumb to thumb: `routes/act.py` reads the form into a `Tapped` -> `Door.handle`
returns after the commit -> the person's open pages are woken (`hub.py`) -> what changed is drawn
(`drawing.py`) and streamed (`stream.py`).
"""

from __future__ import annotations
