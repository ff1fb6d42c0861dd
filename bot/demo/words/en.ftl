# What the demo prints, in English. Names and numbers come in { $braces }.

title = Renraku, a demonstration
made-up = { $organisation }: { $people } people on { $sites } sites, none of them real. Their phones are simulated.
time = Time runs { $speed } times faster: a minute passes in { $seconds } { $seconds ->
        [one] second
       *[other] seconds
    }.
patience = Whoever does not answer a roll call is asked again after { $asked } minutes and called by their lead after { $called }. Real defaults are shorter: see config.example.toml.
employee = Be an employee:
manager = Be the manager:
board = Look at the board:
board-of = what { $name } sees; the link works once
works-at = { $name }, { $team }, { $site }
leads = { $name }, in charge of { $site }, safety officer
try = Open both pages side by side, then
step-1 = As the employee, report something. For instance, write “There is a fire in the workshop”.
step-2 = As the manager, take the report.
step-3 = Start a roll call from it, and answer “I'm safe” as the employee. Or do not, and see what happens.
step-4 = Watch people answer, be reminded and be called by their lead, and somebody need help. Then give the all-clear.
others = The same as somebody else, who is simulated until you open their page:
end = Ctrl-C ends it, and nothing is kept.
end-kept = Ctrl-C ends it. Everything is kept in { $folder }.
port-moved = Port { $taken } is in use, so the pages are on port { $port }.
port-taken = Port { $port } is in use: name another with --port, or leave it out.
no-listening = Nothing can listen on { $host }, port { $port } ({ $reason }): name another --host or --port.
folder-used = The folder { $folder } is not empty: name a new or an empty one.
folder-bad = The folder { $folder } cannot be used ({ $reason }): name another.
people-range = The demo has { $fewest } to { $most } people: name a number between them.
speed-range = Time can run 1 to { $most } times as fast: name a number between them.
faults = Something went wrong on the way. The log is in { $file }.
ended = The demo has ended.

reported = { $name } reports: { $what }
taken = { $name } has taken the report
closed = The report is closed
launched = Roll call: { $count ->
        [one] one person is
       *[other] { $count } people are
    } asked
answered = { $done } of { $all } have answered
reminded = Those who have not answered are asked again
help = { $name } needs help ({ $site })
helped = { $name } is looking after { $other }
safe-again = { $name } no longer needs help
climbed = No answer from { $name }: { $other } is to call them
climbed-more = More and more are being called by those above them
unreached = Nobody has reached { $name }: back to whoever asked
over = All clear after { $minutes } { $minutes ->
        [one] minute
       *[other] minutes
    }: { $done } of { $all } had answered
called-off = The roll call has been called off
status = { $done } of { $all } answered · { $help } { $help ->
        [one] needs
       *[other] need
    } help · { $missing } missing, { $called } of them being called
