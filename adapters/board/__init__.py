"""The board: pages for those who look after others, in a browser that has signed in.

Rules of the room:
- A session says who it is; `bot.rights` says what they see. A page shows nothing else, and whoever
  may not see something learns nothing of it, not even whether it exists.
- Every action is an event through the same door as a tap in chat, with the same buttons and forms.
  Nothing is decided here.
- Every page is whole without JavaScript. The script keeps it up to date and saves a reload.
- What several people see alike is drawn once and shown to all of them.
"""
