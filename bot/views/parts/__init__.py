"""What several views draw alike: pieces that fit, event words, kinds, people, roll calls.

Rules of the room:
- Nothing here is a view; `views()` passes folders over.
- Words people wrote go through `fit` before they reach a card, whatever the store holds.
"""
