"""Renraku: incident reports, safety roll calls and call trees in chat.

The journey of one tap:

1. An adapter (`adapters`) reads a payload into an event (`events.Tapped`): an id, a sender, a
   button.
2. `engine.Engine.handle` opens one write transaction for all events waiting at that moment.
   An event seen before stops here and is answered as before.
3. The sender becomes a `people.Person`; the button finds its handler (`handlers`) by its verb.
4. The handler looks up what it needs (`look`), checks who may, and asks the noun to decide:
   `checkins.answered(roll_call, ask, "safe", by, now) -> Outcome`.
5. The noun moves the ask by the table in `asks`; answering clears its `due_at`.
6. The outcome (`outcomes`) is saved, the journal is written, cards are queued: commit.
7. Only now is the adapter told, and it tells the platform.
8. The courier (`courier`) takes queued cards, draws them from the state as it then is
   (`views`, `texts`) and hands them to the channels (`channels`), the urgent ones first.

The journey of one silence: the clock (`scheduler`) asks the store what is due; each ask comes
through the same door, is asked again, climbs to whoever stands above, and at last is put on
the list of the person who launched it.

Rules of the room: `bot` decides and touches nothing. Only `app` (with `platforms` and `website`),
`cli`, `commands` and `demo` know of `adapters` and `storage`.
"""
