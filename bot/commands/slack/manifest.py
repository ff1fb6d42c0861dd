"""The app as Slack wants it described: pasted once, and again after an upgrade that needs more."""

from __future__ import annotations

from typing import Annotated

import typer

from bot.commands.parts import logs, office, paper
from bot.commands.parts.endings import Refused
from bot.commands.parts.given import Given, of

NAME = 35
"""Characters Slack takes as an app's name."""


def command(
    ctx: typer.Context,
    name: Annotated[str, typer.Option(help="What the app is called in Slack.")] = "Renraku",
    rights: Annotated[
        bool, typer.Option("--rights", help="List the rights it asks for, each with its reason.")
    ] = False,
) -> None:
    """Print the manifest of the Slack app, as JSON to be pasted at api.slack.com/apps.

    Whether Slack connects to the server or the server to Slack follows slack.mode.
    """
    given = of(ctx)
    logs.for_command(debug=given.debug)
    if not 0 < len(name.strip()) <= NAME:
        raise Refused(f"--name must have 1 to {NAME} characters, which is what Slack takes.")
    if rights:
        _rights()
        return
    _manifest(given, name.strip())


def _rights() -> None:
    from adapters.slack.manifest import APP_SCOPES, OPTIONAL_SCOPES, SCOPES

    rows = [("bot", right, why) for right, why in SCOPES.items()]
    rows += [("bot, optional", right, why) for right, why in OPTIONAL_SCOPES.items()]
    rows += [("app", right, why) for right, why in APP_SCOPES.items()]
    paper.table(("Token", "Right", "Why"), rows)


def _manifest(given: Given, name: str) -> None:
    from adapters.slack.manifest import manifest

    settings = office.read_settings(given)
    http = settings.slack.mode == "http"
    if http and not settings.web.public_url:
        raise Refused(
            "slack.mode is http, so Slack must know where to post to: set web.public_url, or"
            " slack.mode to socket."
        )
    url = f"{str(settings.web.public_url).rstrip('/')}/slack" if http else ""
    paper.as_json(manifest(name, settings.slack.mode, url))
    paper.aside(
        "At api.slack.com/apps: Create New App, From a manifest, choose the workspace, paste this.",
        "Then install it, and set slack.bot_token to its Bot User OAuth Token.",
        "Set slack.signing_secret to its Signing Secret."
        if http
        else "Under Basic Information make an App-Level Token with connections:write:"
        " slack.app_token.",
    )
