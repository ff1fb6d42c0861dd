### Renraku in English.
###
### Read on a phone, with one hand, in an emergency: short, plain, no blame.
### Keys that end in -words list what people type, separated by |. Whatever else stands here is
### shown. $when is a time of day, with its date if that is not today.

## Answers to "are you safe?": on buttons, and typed.
## Bare words of assent (ok, yes, fine) are left out: they could turn "I need help" into "safe".
## So is being at home or away: an earthquake may be there too.

answer-safe = I'm safe
answer-safe-words = safe|i'm safe|im safe|i am safe|we are safe|i'm ok|im ok|i am ok|i'm okay|im okay|i am okay|i'm fine|im fine|i am fine|i'm all right|i'm alright|all safe|not hurt|unhurt
answer-help = I need help
answer-help-words = i need help|need help|help me|please help|please help me|send help|sos|mayday|emergency|i'm hurt|im hurt|i am hurt|i'm injured|im injured|i am injured|i'm trapped|im trapped|i am trapped|not safe|i'm not safe|im not safe|i am not safe
cry-words = need help|needs help|need assistance|help me|help us|send help|trapped|injured|hurt badly|badly hurt|bleeding|unconscious|can't breathe|cannot breathe|can't move|cannot move|can't get out|cannot get out|leg is stuck|arm is stuck|stuck in the lift|stuck in the elevator|sos|mayday|leg is broken|arm is broken|broken leg|broken arm|broke my leg|broke my arm
cry-not-words = no|not|don't|dont|doesn't|doesnt|didn't|nobody|none|never|without|isn't|aren't
answer-unaffected = Not affected
answer-unaffected-words = not affected|unaffected|i'm not affected|im not affected|i am not affected|not there|i'm not there|im not there|i am not there|not on site|i'm not on site|im not on site|i am not on site

## Answers given for somebody else, on buttons.

for-safe = Safe (by phone)
for-help = Needs help
for-tried = No answer
for-now-safe = Now safe

## The check-in of a roll call

badge-drill = DRILL
drill-note = This is a drill. Nothing has happened. Please answer as if it were real.
checkin-title = Are you safe?
checkin-reminder = { $count ->
    [one] Reminder: we have not heard from you yet.
   *[other] Reminder { $count }: we have not heard from you yet.
  }
checkin-recorded-safe = Recorded { $when }: you are safe. Thank you.
checkin-recorded-help = Recorded { $when }: you need help.
checkin-recorded-unaffected = Recorded { $when }: you are not affected. Thank you.
checkin-recorded-for-safe = { $name } answered for you, { $when }: you are safe.
checkin-recorded-for-help = { $name } answered for you, { $when }: you need help.
checkin-recorded-for-unaffected = { $name } answered for you, { $when }: you are not affected.
checkin-told = Told: { $names }. We keep asking until somebody takes care of it.
checkin-told-nobody = Nobody could be told automatically. Please phone somebody.
checkin-taken = { $name } is taking care of it.
checkin-taker-left = { $name } can no longer come. Somebody else is being called now.
checkin-danger = If anyone's life is in danger, call the emergency services now.
checkin-danger-drill = This is a drill. If you really need help, call the emergency services now.
checkin-change = You can change your answer at any time.
checkin-late = The roll call has ended. Your answer is still welcome.
checkin-over = The roll call has ended. There is nothing to do.
checkin-cancelled-title = Called off: no need to answer
checkin-cancelled = This was sent by mistake. There is nothing to do.

## The roll call as such

rollcall-from = Sent by { $name }, { $organisation }, { $when }
rollcall-about = About: { $words }
rollcall-ended = Ended by { $name }, { $when }
rollcall-launched = { $count ->
    [one] Started: one person is being asked.
   *[other] Started: { $count } people are being asked.
  }
rollcall-closed = The roll call has ended. Everyone asked gets the all-clear.
rollcall-cancelled = Called off. Everyone asked is told that it was a mistake.
rollcall-already-over = This roll call has already ended.
rollcall-was-cancelled = This roll call was called off. There is nothing to answer.
rollcall-too-late = This roll call ended some time ago and takes no more answers. If you need help, please phone.
scope-everyone = Everyone at { $organisation }
scope-site = Site: { $names }
scope-team = Team: { $names }
scope-under = Everyone under { $name }
scope-list = { $count ->
    [one] One named person
   *[other] { $count } named people
  }

## What is recorded, in reply to a tap

recorded-safe = Recorded: you are safe. Thank you.
recorded-help = Recorded: you need help. We are telling those responsible now.
recorded-unaffected = Recorded: you are not affected. Thank you.
recorded-for-safe = Recorded: safe.
recorded-for-help = Recorded: needs help. We are telling those responsible now.
recorded-for-unaffected = Recorded: not affected.
recorded-for-tried = Recorded: tried, no answer.
already-answered = They have answered in the meantime.
undone = Taken back: no answer yet.
undo-not-yours = They, or somebody else, have answered: that is not yours to take back.

## The worklist of a lead

worklist-title = { $all ->
    [one] One person still to reach
   *[other] { $count } of { $all } still to reach
  }
worklist-hint = Please call them, then tap what you learned.
worklist-in-hand = { $count ->
    [one] One more is on your other card: please call them now.
   *[other] { $count } more are on your other card: please call them now.
  }
worklist-range = { $first } to { $last } of { $all }
worklist-next = Next { $count }
worklist-first = Back to the first
worklist-done = { $count ->
    [0] Nobody is left to call
    [one] Done: your person is accounted for
   *[other] Done: all { $count } people are accounted for
  }
worklist-over = The roll call has ended: no more calls needed
worklist-cancelled = The roll call was called off: no more calls needed

## One person on a list

person-asked = { $count ->
    [one] asked once
   *[other] asked { $count } times
  }
person-page-closed = their web page has not been opened yet
way-unopened = { $way } (not opened)
person-unreachable = no message got through
person-tried = { $count ->
    [one] called once, no answer
   *[other] called { $count } times, no answer
  }
person-needs-help = NEEDS HELP since { $when }
person-taken = { $name } is taking care of it
and-more = { $count ->
    [one] 1 more
   *[other] { $count } more
  }
and-more-people = { $count ->
    [one] 1 other
   *[other] { $count } others
  }

## The tally

tally-title = Answered: { $done } of { $count }
tally-title-closed = Roll call ended. Answered: { $done } of { $count }
tally-title-cancelled = Roll call called off
tally-sending = { $count ->
    [one] One question is still to be sent, about { $span }.
   *[other] { $count } questions are still to be sent, about { $span }.
}
tally-launching = Being sent: { $done } of { $count }
tally-help = Need help
tally-missing = No answer yet
tally-held = Not asked yet
tally-safe = Safe
tally-unaffected = Not affected
tally-relative = A relative says safe
tally-unreached = { $count ->
    [one] One person was not reached by anyone. Please have somebody look for them.
   *[other] { $count } people were not reached by anyone. Please have somebody look for them.
  }
tally-in-need = { $count ->
    [one] 1 person needs help
   *[other] { $count } people need help
  }
tally-silent = { $count ->
    [one] No answer from 1 person
   *[other] No answer from { $count } people
  }
tally-sites = By site
tally-teams = By team
tally-no-site = No site
tally-no-team = No team
tally-row-help = { $count ->
    [one] 1 needs help
   *[other] { $count } need help
  }
tally-row-missing = { $count } of { $all } missing
tally-row-held = { $count } not asked yet
tally-row-done = { $count ->
    [one] answered
   *[other] all { $count } answered
  }
button-allclear = All clear: end it
button-calloff = Call off (a mistake)

## Somebody needs help

cry-title = { $name } needs help
cry-hint = Where are you? What has happened?
cry-noted = Passed on to those who were called.
cry-title-over = { $name } no longer needs help
cry-title-cancelled = Called off: { $name }
cry-ask = Can you take care of it? We keep asking until somebody does.
cry-drill = This is a drill. Please take it as you would a real one.
cry-said-by = { $name } said so, { $when }

## Being paged

page-taken = It is yours. The others can see that.
page-yours = You are taking care of it.
page-already-taken = Somebody else is already taking care of it.
page-over = This is over. There is nothing to do.
page-told = Told: { $names }

## The end of a roll call, to everyone asked

allclear-title = All clear
allclear-title-drill = The drill is over
allclear-thanks = The roll call has ended. Thank you for answering.
allclear-thanks-drill = Thank you for taking part.
cancelled-title = Please ignore the roll call
cancelled-note = It was sent by mistake. There is nothing to do. We are sorry for the alarm.
cancelled-note-drill = The drill was called off. There is nothing to do.

## The incident

incident-title = { $kind }: { $place }
incident-waiting = Nobody has taken it yet. Can you?
incident-mine-sent = { $count ->
    [one] Sent to one person. Nobody has taken it yet; we keep asking.
   *[other] Sent to { $count } people. Nobody has taken it yet; we keep asking.
  }
incident-taken = { $name } has been taking care of it since { $when }.
incident-ended-closed = Closed by { $name }, { $when }
incident-ended-dismissed = Nothing to be done, says { $name }, { $when }
incident-reason = { $what }: { $reason }
incident-hurt-someone = SOMEBODY IS HURT.
incident-hurt-unknown = Not known whether anyone is hurt.
incident-hurt-nobody = Nobody is hurt.
state-reported = not taken yet
state-taken = being taken care of
severity-routine = Routine
severity-serious = Serious
severity-critical = Critical

incident-sent = Sent. Somebody is being called now.
incident-sent-nobody = Recorded, but nobody is set up to receive reports. Please phone somebody now.
incident-is-over = This incident is over and takes no more changes.
incident-updated = Added. Everyone dealing with it can see it.
incident-noted = Noted in the timeline.
incident-closed = Closed. The reporter is told.
incident-dismissed = Dismissed. The reporter is told.
photo-added = Photo added.

button-take = I take it
button-note = Add a note
button-rollcall = Start a roll call
button-close = Close
button-dismiss = Nothing to be done
button-everything = Show everything
button-show = Open

## The timeline of an incident

everything-part = Part { $first } of { $all }
everything-next = Next part
everything-first = From the beginning
timeline-title = Timeline
timeline-line = { $when } { $name }: { $text }
timeline-nobody = Renraku
note-reported = reported it
note-taken = took it
note-taker-left = has left, others are being called
note-closed = closed it
note-dismissed = found nothing to be done
note-photo = added a photo
note-rollcall = started a roll call
note-edited = changed what they had written
note-deleted = took back what they had written
note-with-words = { $what }: { $text }

## What the reporter is told

told-taken = { $name } is taking care of your report.
told-taker-left = { $name } can no longer deal with your report. Somebody else is being called now.
told-closed = { $name } has closed your report.
told-dismissed = { $name } has looked at your report: nothing needs to be done.
told-about = Your report: { $incident }

## Facts, as labels

fact-who = Who
fact-people = People
fact-how = How
fact-channels = Reached by
fact-duration = Sending takes
fact-place = Where
fact-site = Site
fact-team = Team
fact-since = Since
fact-said-by = Said by
fact-severity = Severity
fact-reporter = Reported by
fact-time = When

## The form: reporting an incident

ask-incident-kind = What has happened?
ask-incident-place = Where?
ask-incident-hurt = Is anyone hurt?
ask-incident-details = What else should those who come know?
ask-incident-photo = Can you send a photo? Only if it is safe.
option-incident-hurt-nobody = Nobody
option-incident-hurt-nobody-words = no|nobody|no one|none|nobody is hurt|no injuries
option-incident-hurt-someone = Somebody is hurt
option-incident-hurt-someone-words = yes|someone|somebody|someone is hurt|hurt|injured|i am|me
option-incident-hurt-unknown = I don't know
option-incident-hurt-unknown-words = unknown|don't know|dont know|not sure|no idea|unclear

## The form: starting a roll call

ask-rollcall-drill = Is this real or a drill?
option-rollcall-drill-real = Real emergency
option-rollcall-drill-real-words = real|for real|it is real|emergency|not a drill
option-rollcall-drill-drill = Drill
option-rollcall-drill-drill-words = drill|a drill|test|exercise|practice
ask-rollcall-who = Who shall be asked?
option-rollcall-who-everyone = Everyone
option-rollcall-who-everyone-words = everyone|everybody|all
option-rollcall-who-site = Site { $name }
option-rollcall-who-team = Team { $name }
option-rollcall-who-under = { $count ->
    [one] The 1 person under me
   *[other] The { $count } people under me
  }
option-rollcall-who-under-words = my people|people under me|under me
option-rollcall-who-list = Named people
option-rollcall-who-list-words = list|named|names
ask-rollcall-people = Which people? Type their staff numbers, separated by commas or spaces.
ask-rollcall-words = What shall the message say?
option-rollcall-words-general = Please let us know whether you are safe.
option-rollcall-words-earthquake = There was an earthquake. Are you safe?
option-rollcall-words-fire = There is a fire. Leave the building. Are you safe?
option-rollcall-words-drill = Safety drill: please answer.
option-rollcall-words-incident = { $incident }. Are you safe?
ask-rollcall-mode = How shall they be asked?
option-rollcall-mode-broadcast = Everyone at once
option-rollcall-mode-broadcast-words = at once|all at once|broadcast
option-rollcall-mode-cascade = Call tree, level by level
option-rollcall-mode-cascade-words = call tree|tree|level by level|cascade
ask-rollcall-confirm = To send it, type the number of people
ask-rollcall-start = Start the drill?
option-rollcall-start-start = Start the drill
option-rollcall-start-start-words = yes|go|go ahead|send
confirm-real = THIS IS REAL, not a drill.
confirm-drill = THIS IS A DRILL. Every message will say so.
confirm-channel = { $channel }: { $count }
confirm-span = about { $span }
confirm-at-once = a moment
confirm-unreachable = { $count ->
    [one] One person has no working contact: their lead is asked to call them.
   *[other] { $count } people have no working contact: their leads are asked to call them.
  }
confirm-hint = Type { $count }
channel-web = Web chat
channel-console = Terminal
channel-phone = Phone
channel-slack = Slack
channel-telegram = Telegram

## Other forms

ask-note-which = Which incident is it about?
ask-note-text = What should be noted?
ask-close-reason = What was done? The reporter reads it.
ask-dismiss-reason = Why is nothing to be done? The reporter reads it.
ask-allclear-words = Anything to add to the all-clear?
ask-calloff-words = Anything to add to the correction?

## Every form

form-progress = { $done } of { $all }
form-progress-unsent = { $done } of { $all }, then it is sent
form-about = About: { $what }
form-sent-more = Your report has been sent. This is extra: you can leave it out.
form-done = Thank you, that is all.
form-skipped = Left out
form-own-words = Tap one, or write it in your own words
form-type-name = Tap one, or type a name
form-more-options = { $count ->
    [one] 1 more: type its name.
   *[other] { $count } more: type the name.
  }
page-next = Next
page-send = Send
page-send-real = Send it now
button-back = Back
button-cancel = Cancel
button-skip = Skip
button-change = Change
button-resume-incident = Go on with my report
button-resume-rollcall = Go on with the roll call
button-resume-note = Go on with my note
button-resume-close = Go on closing the incident
button-resume-dismiss = Go on with the incident
button-resume-allclear = Go on with the all-clear
button-resume-calloff = Go on calling off
draft-cancelled = Cancelled. Nothing was sent.
draft-finished = All right. What you sent stays sent.
draft-resumed = You had begun this. Here is where you were.
draft-nudge = You began this and it has not been sent yet. Do you want to go on?
draft-gone = This form is no longer open.
nothing-to-cancel = There is nothing open just now.
problem-needed = This one is needed. Please answer it.
problem-number = Please type a number.
problem-photo = Please send a photo, or skip.
problem-too-long = Please make it shorter: at most { $limit } characters.
problem-choice = Please tap one of the buttons, or type its number.
count-wrong = The number is { $expected }. Please type it again.
nobody-in-scope = There is nobody to ask there. Please choose again.
unknown-people = We do not know: { $keys }. Please check and type all numbers again.

## Kinds of incident, and words that start a report of one.
## Words are searched for in a sentence, so none of them may mean something harmless.

kind-fire = Fire
kind-fire-words = fire|fires|on fire|burning|smoke|flames|explosion|smell of gas|smells of gas|smell gas|gas leak
kind-earthquake = Earthquake
kind-earthquake-words = earthquake|earthquakes|quake|tremor|tsunami
kind-typhoon = Storm or typhoon
kind-typhoon-words = typhoon|storm|hurricane|cyclone|tornado
kind-flood = Flood
kind-flood-words = flood|flooded|flooding|water is rising|water is coming|water leak|burst pipe|landslide
kind-injury = Injury or illness
kind-injury-words = injury|injured|hurt|bleeding|unconscious|collapsed|fainted|fell down|broken leg|broken arm|heart attack|ambulance|medical emergency
kind-intrusion = Intruder or threat
kind-intrusion-words = intruder|intrusion|break-in|broke in|burglar|burglary|theft|stolen|robbery|weapon|knife|gun|shooting|attack|attacked|bomb|threat|suspicious person|suspicious package
kind-data_leak = Data leak
kind-data_leak-words = data leak|data breach|leaked|breach|hacked|ransomware|computer virus|malware|phishing|suspicious mail|suspicious email|suspicious e-mail|strange mail|strange email|strange e-mail
kind-misdirected = Sent to the wrong person
kind-misdirected-words = wrong recipient|wrong person|wrong address|wrong e-mail|wrong email|wrong fax|wrong number|misdirected|sent by mistake
kind-lost_device = Lost phone or computer
kind-lost_device-words = lost phone|lost my phone|lost laptop|lost my laptop|lost computer|lost device|lost tablet|lost usb
kind-lost_badge = Lost badge or key
kind-lost_badge-words = lost badge|lost my badge|lost card|lost my card|lost key|lost my key|lost keys|lost my keys
kind-equipment = Broken equipment
kind-equipment-words = broken|out of order|does not work|doesn't work|not working|malfunction|defective
kind-outage = Outage
kind-outage-words = outage|power cut|power failure|blackout|no power|no electricity|no internet|internet is down|network is down|system is down|server is down|power is out|power is off|offline
kind-mistake = Mistake at work
kind-mistake-words = mistake|wrong amount|wrong order|wrong delivery|near miss
kind-public_health = Public health
kind-public_health-words = infection|infected|outbreak|epidemic|pandemic|covid|influenza|norovirus|food poisoning|contagious|tested positive
kind-supplier = Supplier failure
kind-supplier-words = supplier|delivery failed|not delivered|shortage
kind-reputation = Press or reputation
kind-reputation-words = journalist|reporter is here|press is here|bad press|social media storm|going viral|rumour|rumor
kind-other = Something else
kind-other-words = emergency|accident|something happened|something has happened|something is wrong

## Commands, typed as a whole line

command-report-words = report|report an incident|new report|i want to report|i want to report something
command-rollcall-words = roll call|rollcall|safety check|start a roll call|start roll call
command-help-words = help|how does this work|what can you do|instructions
command-status-words = status|my tasks|to do|todo|what is waiting
command-cancel-words = cancel|stop|quit|abort|never mind|nevermind
command-back-words = back|go back|previous
command-skip-words = skip|pass|leave it out
command-menu-words = menu|start|hello|hi|hey
command-unlink-words = unlink|unlink this account|unsubscribe
command-note-words = note|add note|add a note

## Menu, help, status

menu-title = What do you need?
menu-report = Report an incident
menu-rollcall = Start a roll call
menu-status = What is going on
menu-status-count = { $count ->
    [one] 1 thing waits for you
   *[other] { $count } things wait for you
  }
menu-help = Help
help-title = How this works
help-body = Renraku is how { $organisation } reports incidents and checks that everyone is safe.
help-report = To report something, tap "Report an incident", or just write what happened: "fire in building B". The right people are called at once.
help-answer = When you are asked whether you are safe, tap an answer or type it: "I'm safe", "I need help". You can change it at any time.
help-rollcall = You can start a roll call: everyone you choose is asked whether they are safe, and you see who is missing.
help-words = You can always type: report, status, help, cancel, back.
help-privacy = What you write here goes to those who deal with it, and stays on record.
status-title = What is going on
nothing-waiting = Nothing waits for you.
status-worklist = { $count ->
    [one] 1 person for you to call
   *[other] { $count } people for you to call
  }
status-rollcall = roll call since { $when }
status-drill = Drill: { $words }
duty-title = On duty
duty-desk = Safety desk: { $names }
duty-nobody = Nobody is at the safety desk just now.
duty-above = Called first for you: { $names }
said-title = You wrote
photo-alt = Photo

## Replies to what was not expected

remark-noted = Noted. Whoever looks after you can read it.
remark-unanswered = Noted. But you have not answered yet: are you safe?
remark-title = { $name } writes
checkin-remark = You wrote, { $when }: “{ $text }”
person-wrote = wrote, { $when }: “{ $text }”
not-understood = I did not understand that. To report something, write what happened. For help, write "help".
unknown-person = This address is not registered here. Please ask your organisation for your personal link or code. If you are in danger, call the emergency number.
not-allowed = You cannot do that here. If it is urgent, please call whoever is in charge.
button-gone = That button no longer works. Please use the newest message, or type "menu".
sent-to-you = Sent to you. Please look at your messages.
something-broke = That did not work. The fault is on record ({ $ref }). Please try again. If it is urgent, phone.
too-fast = That was a bit fast. Please wait a moment and try again.
text-cut = Your text was too long. The first { $limit } characters were kept.
photo-not-expected = There is no open report for this photo. Please report first, then send it.
photo-after-sending = Please answer these few questions first. Then you can send the photo.
place-not-expected = There is no open report for this place. Please report first, then send it.
edit-unsent = I keep what you wrote first. To correct it, tap "Change" on the question, or write it anew.
just-now = just now

## The web chat

page-title = Renraku
send = Send
send-photo = Send a photo
type-here = Write here
offline = No connection. What you send waits until it is back.
reconnecting = Connecting …
link-bad = This link does not work. Please ask your organisation for a new one.
link-expired = This link has expired. Please ask your organisation for a new one.
photo-too-big = The photo is too large: at most { $limit } MB.
photo-not-a-picture = This is not a picture we can read. Please send a JPEG or PNG.
could-not-save = It could not be saved. Please try again. If it is urgent, phone.
web-not-understood = The page sent something we could not read. Please reload it and try again.
web-skip = Go to the text field
web-messages = Messages
web-older = Earlier messages
web-newest = Newest messages
web-new = New messages
web-empty = Nothing here yet. Write what happened, or "menu".
web-look = Look for new messages
web-remove-photo = Remove
web-place = Share where I am
web-place-refused = Your phone does not tell where you are. Please write it.
web-sending = Sending …
web-waiting = Not sent yet: waiting for the connection
web-sent = Sent
web-failed = Not sent. Tap to try again.
web-no-answer = There was no answer. Please try again. If it is urgent, phone.
web-again = Try again
web-crowded = This chat is open in too many windows. This one only looks now and then.
web-too-long = That is too long. Please send it in parts.
web-elsewhere = This came from another page and was not accepted. Please use the chat itself.

## The chat in a terminal

console-you = You are { $name }. What you write here is recorded under this name.
console-how = Type an answer or the number of a button. /photo FILE sends a picture, /help shows this, /quit leaves.
console-moved = Something new appeared just then. Please look and type the number again.
console-no-file = That file could not be read.

## The watchman, to administrators

alarm-lost = { $count ->
    [one] One question waits without a time to be asked again. Run "renraku check".
   *[other] { $count } questions wait without a time to be asked again. Run "renraku check".
}
alarm-overdue = { $count ->
    [one] One question should have been asked again some minutes ago. Run "renraku check".
   *[other] { $count } questions should have been asked again some minutes ago. Run "renraku check".
}
alarm-outbox = { $count ->
    [one] One message is not leaving. Run "renraku check".
   *[other] { $count } messages are not leaving. Run "renraku check".
}
alarm-channel = { $channel } does not let us in any more. Whoever has another contact is asked there. Please run "renraku check".
alarm-room = A post in a { $channel } room was refused: nobody was asked there, everybody is asked in person. Please run "renraku check".
alarm-untaken = { $count ->
    [one] One report or call for help has been taken by nobody. Please look now.
   *[other] { $count } reports or calls for help have been taken by nobody. Please look now.
}
alarm-left = { $count ->
    [one] One report or call for help is still with somebody who has left. Please look now.
   *[other] { $count } reports or calls for help are still with somebody who has left. Please look now.
}
alarm-claimed = { $count ->
    [one] One message was begun and never finished. Run "renraku check".
   *[other] { $count } messages were begun and never finished. Run "renraku check".
}
alarm-stranded = { $count ->
    [one] One person in a call tree has not been asked, and nobody will ask them. Please phone them.
   *[other] { $count } people in a call tree have not been asked, and nobody will ask them. Please phone them.
}

## Showing who one is: one-time codes, addresses nobody knows

link-welcome = Welcome. From now on { $organisation } reaches you here.
link-already = This account is linked. All is well.
link-taken = This account is linked to somebody else already. Unlink it there first: write "unlink".
link-ended = Unlinked. We will not write to you here any more. To come back, ask your organisation for a code.
link-kept = All right. Everything stays as it is.
link-none = There is no account to unlink here.
link-end-title = Unlink this { $channel } account?
link-end-body = You will not be asked or warned here any more, not in an emergency either.
button-unlink = Unlink it
button-keep = Keep it
slip-telegram = Scan the code with your phone's camera and tap "Start". From then on { $organisation } reaches you on Telegram in an emergency, for a roll call or a drill, and for nothing else.
slip-slack = In Slack, write to the Renraku app and send it this code. From then on { $organisation } reaches you there in an emergency, for a roll call or a drill, and for nothing else.
slip-until = Works once, for you alone, until { $when } ({ $zone }).
code-wrong = This code is not valid. Please check it, or ask your organisation for a new one.
code-used = This code has been used already. Please ask your organisation for a new one.
code-expired = This code has expired. Please ask your organisation for a new one.


## One post for a whole room (a channel, a group)

room-how = Please tap your own answer. Only those in charge see who answered what.
room-answered = { $done } of { $all } have answered.
room-not-asked = You are not on the list of this roll call. If you need help, write to me directly.


## Telegram

telegram-place-hint = You can also tap the button below to share where you are.
telegram-not-read = Only text, photos and places can be read here. Please write it.
telegram-photo-lost = Your photo did not arrive. Please send it again.
telegram-not-recorded = What you sent cannot be recorded just now. We keep trying. If it is urgent, phone.


## Slack

slack-cut = Not everything fits here.
slack-own-words = Or in your own words
slack-type-name = Or type the name
slack-photo-lost = The photo did not arrive. Please send it again.
slack-answered-directly = I have answered you in our direct messages.


## Mail and telephone

tap-not-yet = You have not answered yet. Opening this page answers nothing: please tap.
tap-line = Something to report? Write what has happened, and where.
tap-for = This page is for { $name } alone. If that is not you, please close it.
tap-gone = There is nothing to answer here any more.
mail-open = Open and answer
mail-open-note = One tap there is your answer. No password is needed. Please do not pass this link on.
mail-no-reply = Replies to this mail are read by nobody.
channel-email = E-mail
delivery-title = By channel
delivery-queued = waiting { $count }
delivery-handed = sent { $count }
delivery-delivered = delivered { $count }
delivery-seen = opened { $count }
delivery-answered = answered { $count }
delivery-failed = failed { $count }
sms-reply = Reply 1: safe, 2: need help
voice-answer = Please answer by message, or phone your lead.
channel-sms = Text message
channel-voice = Phone call
channel-push = Push message
fact-cost = Cost
confirm-cost = about { $amount } to ask everyone once


## People who call

still-title = You are not forgotten
still-title-drill = The drill is over
still-open = The roll call has ended, but your call for help has not.
button-end-allclear = End it, nothing to add
button-end-calloff = Call it off, nothing to add
form-sent-please = Your report has been sent. This helps those who come.
incident-sent-as-is = We have sent your report with what you told us. You can still add to it.
button-mistake = It was a mistake
sure-mistake = Take this report back?
sure-mistake-how = Those who were called are told that it was a mistake.
sure-mistake-yes = Yes, it was a mistake
sure-mistake-no = No, it is real
incident-kept = All right. Your report stands; we keep calling.
incident-taken-back = Taken back. Those who were called are told.
incident-mistake = Reported by mistake, says { $name }, { $when }
note-mistake = said that it was reported by mistake
note-urgent = asked for help
sure-safe = Is { $name } really safe now?
sure-safe-how = Nobody is called for { $name } any more after that.
sure-safe-yes = Yes, safe
sure-safe-no = Not yet
cry-goes-on = All right. The call for help goes on.
cry-undo = Still needs help
person-unreached = not reached by anyone
confirm-by-page = { $count ->
    [one] One person is reached only by their web page: they are asked when they open it.
   *[other] { $count } people are reached only by their web page: they are asked when they open it.
  }
alarm-channel-over = { $channel } works again. What had waited there is being sent.
alarm-database-over = The database works again after about { $span }. What was refused meanwhile was not recorded: whoever sent it was told so.
slip-find = Or open Telegram, search for { $bot } and send it the code below.
for-relative = A relative says safe
for-wrong = Wrong number
for-unaffected = Not affected
recorded-for-relative = Recorded: a relative says that they are safe.
recorded-for-wrong = Recorded: wrong number. It is not shown to callers any more.
checkin-recorded-for-relative = { $name } answered for you, { $when }: a relative says that you are safe.
handout-title = { $count ->
    [one] Please call one person
   *[other] Please call { $count } people
  }
handout-hint = Tap what each call gave. If nothing is recorded for { $span }, others are asked to call them.
handout-done = Nobody is left here. Thank you.
person-asked-by = asked by { $ways }
person-called-by = { $name } is calling them
onecall-title = What did the call to { $name } give?
button-correct = Correct it
call-elsewhere = Somebody else is calling them now.
call-not-in-hand = This name is not in your hand any more. Nothing was recorded.
command-shownumber-words = show my number to my lead|show my number|my lead may see my number
command-hidenumber-words = hide my number|do not show my number
number-shown = If you cannot be reached, your lead, or whoever stands in, may see your number to call you. To stop: "hide my number".
number-hidden = Your number is shown to nobody.
number-none = There is no telephone number of yours here.

## Board

command-board-words = board|the board|dashboard|open the board
menu-board = Board
board-open = Open the board
board-link-how = This link signs you in to the board. It works once, for you alone, until { $when }. Please do not pass it on.
board-link-used = This link has been used. Ask for a new one whenever you need it.
board-link-expired = This link has expired. Ask for a new one whenever you need it.
button-board-again = Get a new link
board-title = Board
board-signin-title = Sign in to the board
board-signin-how = This link was made for you. Tap the button to sign in on this device.
board-signin-do = Sign in
board-signin-bad = This link opens nothing any more. Write "board" to Renraku and you get a new one.
board-signed-out = You are not signed in. Write "board" to Renraku and it sends you a link.
board-signout = Sign out
board-signout-everywhere = Sign out on all devices
board-not-yours = You cannot see this, or it does not exist. If it is urgent, please call whoever is in charge.
board-elsewhere = This came from another page and was not accepted. Please use the board itself.
board-skip = Go to the content
board-nav = Pages
board-nav-now = Now
board-nav-incidents = Incidents
board-nav-people = People
board-nav-tree = Call tree
board-nav-ready = Readiness
board-real = REAL
board-running = running for { $span }
board-ended = Ended
board-no-rollcall = No roll call is running.
board-open-incidents = Open incidents
board-ended-lately = Earlier roll calls
board-list-title = People
board-all-groups = Show everyone
board-nobody-missing = Nobody is missing.
board-nobody-here = Nobody is on this list.
board-next = Next page
board-look-again = Look again
board-actions = Actions
button-message = Message a group
button-prolong = Take late answers longer
board-heads = Head count
board-print = Print
board-export-excel = Excel file
board-export-csv = CSV file
board-said-by = said by { $name }
board-away = away
board-curve = Answers over time
board-curve-alt = { $done } of { $count } had answered after { $span }.
board-curve-not-yet = not yet
board-delivery = Delivery
board-queued = Waiting
board-handed = Handed over
board-remaining = About { $span } left until all are sent.
board-failed = { $count ->
    [one] No message got through to 1 person.
   *[other] No message got through to { $count } people.
}
board-callers = Who is calling
board-callers-open = { $count ->
    [one] 1 to call
   *[other] { $count } to call
}
board-callers-done = { $count } done
board-callers-last = last at { $when }
board-callers-never = nothing recorded yet
board-spots = Where they are
board-changes = What was done
board-did-launched = started the roll call
board-did-closed = gave the all-clear
board-did-cancelled = called it off
board-did-messaged = sent a message to a group
board-did-prolonged = lets late answers in for longer
board-did-visitor = counted a visitor
board-did-cried = says: I need help
board-did-taken = takes care of { $name }
board-did-answered-safe = recorded for { $name }: safe
board-did-answered-help = recorded for { $name }: needs help
board-did-answered-unaffected = recorded for { $name }: not affected
board-did-answered-relative = recorded for { $name }: a relative says safe
board-did-tried = called { $name }: no answer
board-did-retracted = took back what was recorded for { $name }
board-did-handed = { $count ->
    [one] was asked to call one person
   *[other] was asked to call { $count } people
}
board-state-reported = not taken yet
board-state-taken = being taken care of
board-state-closed = closed
board-state-dismissed = nothing to be done
board-samples = See the message in every language
board-sure = Everyone asked is told that it was a mistake. To call it off, type { $count }.
message-title = A message about the roll call
rollcall-messaged = The message is on its way.
rollcall-prolonged = Late answers are welcome for longer.
rollcall-not-over = This roll call is still running: answers are welcome anyway.
visitor-noted = Counted.
note-visitor = visitor counted
ask-message-group = Who shall get it?
option-message-group-silent = Those who have not answered
option-message-group-help = Those who need help
option-message-group-safe = Those who are safe or not affected
option-message-group-everyone = Everyone who was asked
ask-message-text = What shall it say?
ask-prolong-time = How much longer?
option-prolong-time-day = One day
option-prolong-time-week = One week
option-prolong-time-month = 30 days
ask-visitor-name = Who is it?
ask-visitor-site = At which site?
button-visitor = Add a visitor
button-resume-message = Go on with the message
button-resume-prolong = Go on with the extension
button-resume-visitor = Go on adding the visitor
board-no-incidents = No incidents to show.
board-search = Name, site, team or staff number
board-search-do = Search
board-no-way = cannot be reached
board-unproven-ways = { $count ->
    [one] 1 way, not confirmed yet
   *[other] { $count } ways, not confirmed yet
}
board-proven-ways = { $count ->
    [one] 1 verified way
   *[other] { $count } verified ways
}
board-proven-at = last proven { $when }
board-role-safety = Safety officer
board-role-admin = Administrator
board-role-responder = Responder
board-lead = lead: { $name }
board-deputy = deputy: { $name }
board-no-deputy = no deputy
board-below = { $count ->
    [one] 1 person below
   *[other] { $count } people below
}
board-directly-below = Directly below
board-top = At the top
board-staff = { $count ->
    [one] 1 person on the staff list
   *[other] { $count } people on the staff list
}
board-gap-unreachable = Cannot be reached
board-gap-unreachable-why = No working contact on any channel in use. In an emergency their lead has to look for them.
board-gap-unproven = Never verified
board-gap-unproven-why = A contact is on record, but nothing has ever come back over it. A drill finds out.
board-gap-leadless = Without a lead
board-gap-leadless-why = Nobody stands above them who would be asked when they stay silent.
board-gap-deputyless = Leads without a deputy
board-gap-deputyless-why = When they are away, the call passes them by and goes to the next above.
board-gap-none = Nobody: all is well.
board-printed = as of { $when }
board-print-cut = { $count ->
    [one] Only the first line is here. The file has all of them.
   *[other] Only the first { $count } lines are here. The file has all of them.
}
board-key = Staff number
board-name = Name
board-answer = Answer
board-answered-at = Answered at
board-answered-by = Answered by
board-asked = Times asked
board-called = Calls without answer
board-all-sites = All sites
board-visitors = Visitors
board-delivered = Delivered
board-opened = Opened
board-refused = Failed
board-callers-hand = { $count ->
    [one] 1 in hand now
   *[other] { $count } in hand now
}
board-did-wrong = called { $name }: wrong number
board-seen-here = Seen here
board-answered-unseen = Answered safe, not seen here
recorded-seen = Recorded: seen here.
recorded-seen-help = Recorded: seen here. They asked for help, and that call goes on.
undone-seen = Taken back: not seen here.
seen-not-yours = Somebody else has ticked them: that is not yours to take back.
board-did-seen = saw { $name } at the head count
board-did-unseen = took the head count tick off { $name }
board-list-of = List as of { $when }
form-optional = optional
board-begun = You began this one { $when } and have not sent it.
board-go-on = Go on with it
board-begin-anew = Begin anew
board-sent-already = This form has been sent. Here is what became of it.
board-nav-settings = Settings
board-settings-how = To read only. Change a setting in the configuration file or in the environment, then restart Renraku.
board-settings-checks = What to look at
board-settings-look = Please look
board-settings-bad = To be mended
board-settings-well = Nothing: all is well.
board-settings-looked = Checked and well: { $count }
board-settings-changed = set: { $count }
board-settings-set = set
board-settings-not-set = not set
board-settings-from-default = default
board-settings-from-file = from the file
board-settings-from-environment = from the environment
board-settings-from-option = given at the start
board-settings-database = Database
board-settings-servers = Servers running
board-settings-imported = Staff list imported
board-settings-never = not on record
board-settings-backup = Keep copies of the database and of the master key, in two different places. Without the key no address can be read again.
board-settings-languages = Languages
board-settings-working = Contacts that work: { $count }
board-settings-failing = failing: { $count }
board-settings-queued = waiting to be sent: { $count }
board-settings-rate = per second: { $rate }
board-settings-open = in use
board-settings-closed = out of order
board-settings-blocked = told to wait until { $when }
board-find-number = Find a staff number by name
board-find-more = There are more. Please type more of the name.
board-seen-at = Seen here at
board-seen-by = Seen by
board-time-zone = Time zone
board-kind = Real or drill
board-event = What was said
board-rollcall-id = Roll call
board-started-at = Started at
board-ended-at = Ended at
