"""Incidents: reported, taken, dealt with."""
