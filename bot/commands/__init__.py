"""The commands, one file each: `people/invite.py` is `renraku people invite`.

Rules of the room:
- A command is found by its file's name: adding a file adds a command, a folder adds a group. A
  file offers `command`, a function whose parameters are the options and whose docstring is the
  help. A name Python keeps for itself gets an underscore behind: `import_.py`.
- `--help` must be quick: whatever is heavy is imported inside the function that needs it.
- What people asked for goes to standard output, alone; remarks, questions and progress go to
  standard error. So `--json` and `> file` are always clean.
- A mistake is `parts.endings.Refused` with one sentence: what is wrong, where, what to do. No
  address and no secret is ever part of it.
- Every command works while a server runs and while none does.

What several commands do alike is in the folder `parts`.
"""

from __future__ import annotations
