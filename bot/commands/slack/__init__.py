"""What Slack must know of this bot."""
