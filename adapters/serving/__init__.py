"""What every site of ours is served with: assets, forms as they are posted, whose page it was.

Rules of the room:
- Nothing here knows a site, a person's rights or a page. The web chat and the board use it; it
  uses neither.
"""
