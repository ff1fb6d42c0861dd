"""Adapters: one folder a platform, and the port they all fit.

Rules of the room:
- An adapter reads payloads into events, draws cards as payloads, and does the talking. It
  never decides anything.
- `bot` never learns a platform's words: the reference a platform returns is opaque to it.
- Three kinds of failure and no other: `Temporary` (try again), `Paced` (wait as told, then go
  slower), `Gone` (this contact will never work: next contact).
"""

from __future__ import annotations
