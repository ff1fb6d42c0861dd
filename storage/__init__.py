"""Storage: one store, two databases (SQLite and PostgreSQL), the same behaviour.

Rules of the room:
- Everything that moves state happens in one write transaction (`store.Store.write`).
- Hot paths use Core statements over whole batches; an object per row is too slow for 100,000.
- Contact addresses enter sealed and are opened only for the courier.
"""
