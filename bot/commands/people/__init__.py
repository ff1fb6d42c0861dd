"""The staff: who there is, and how they can be reached."""
