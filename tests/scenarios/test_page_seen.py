"""A question on a web page that nobody opens has reached nobody: whoever looks for them is told."""

from __future__ import annotations

from tests.scenarios.launch import roll_call
from tests.scenarios.phones import plain
from tests.town import Founding, Town

PEOPLE = """
Mori: safety admin phone @HQ
  Lena: phone @Plant
    Aiko: web
    Ben: web
"""
POLICY = {severity: {"call_after": "20m"} for severity in ("routine", "serious", "critical")}


async def closed(found: Founding) -> Town:
    """Everybody has been asked; nobody has Aiko's page open."""
    town = await found(PEOPLE, policy=POLICY)
    town.web.close(town.people["Aiko"].id)
    await roll_call(town, "Mori", 4)
    for name in ("Mori", "Lena"):
        await town.taps(name, "I'm safe")
    town.ignores()
    return town


async def test_a_lead_reads_whose_page_was_not_opened(found: Founding) -> None:
    town = await closed(found)
    await town.fast_forward(minutes=10)
    card = town.hears("Lena", "2 of 2 still to reach")
    notes = {line.name: line.note for line in card.card.body if hasattr(line, "note")}
    assert "web page has not been opened" in notes["Aiko"]
    assert "asked 3 times" in plain(notes["Ben"])
    town.ignores()
    # She opens it at last: the card in the lead's hand says so, in place.
    town.web.open(town.people["Aiko"].id, town.people["Aiko"].phone)
    await town.settle()
    await town.fast_forward(seconds=2)
    town.sees("Lena", "2 of 2 still to reach", lacks=["has not been opened"])
    town.ignores()


async def test_whoever_calls_reads_it_too_and_the_board_counts_it(found: Founding) -> None:
    town = await closed(found)
    await town.fast_forward(minutes=20, seconds=10)
    town.hears("Lena", "Please call 2 people", "Web chat", "(not opened)")
    town.ignores()
    seen = await town.row("SELECT count(DISTINCT person) AS n FROM posts WHERE seen_at IS NOT NULL")
    assert seen.n == 1, "Ben's page is open"
