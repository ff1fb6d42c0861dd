"""What somebody was told, as the journal keeps it: so that a repeat is answered as before.

Rules of the room:
- What somebody typed has no place in a record for ever: a reply that quotes it is not kept.
"""

from __future__ import annotations

import json
from functools import lru_cache

from bot.outcomes import Reply


def kept(reply: Reply | None) -> str:
    """A reply as text; empty for none."""
    if reply is None:
        return ""
    if not reply.args:
        return _plain(reply.key, reply.problem)
    # Numbers and our own signs: what somebody typed has no place in a record for ever.
    if any(name != "ref" and not str(v).isdecimal() for name, v in reply.args.items()):
        return ""
    args = dict(reply.args)
    return json.dumps([reply.key, args, reply.problem], ensure_ascii=False, sort_keys=True)


@lru_cache
def _plain(key: str, is_problem: bool) -> str:
    return json.dumps([key, {}, is_problem], ensure_ascii=False, sort_keys=True)


def read(text: str) -> Reply | None:
    """The reply behind what was kept; `None` for nothing to say."""
    if not text:
        return None
    key, args, is_problem = json.loads(text)
    return Reply(key, args, is_problem)
