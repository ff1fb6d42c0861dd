"""What several commands do alike: opening the office, acting as somebody, printing.

Rules of the room:
- Nothing here is a command. Each file is one thing a command does on its way.
"""

from __future__ import annotations
