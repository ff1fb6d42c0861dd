"""The board: what managers look at instead of reading. Figures, lists and how they are gathered.

Rules of the room:
- Values only. What may be seen is asked of `bot.rights`; what is true is looked up through
  `look.BoardLook`; how it looks is the adapter's work.
- Everything is bounded: a list is a page of it and how to get the next, a figure is counted by the
  database.
- No address is to be had here, and no link.
"""
