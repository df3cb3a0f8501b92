An urgent call goes first by its head start, and one that nobody can take stops nobody behind it.
Keeps out row 5, asterisk/asterisk#1637 and #1691: a fix skipped high priority, and then one call inserted at the head stopped all offering.

plan one:
  queue support skills german
  agent ana skills german takes voice:1
  | 0:00 plan.activated plan one

at 0:00 c1 calls → #1
  | 0:00 #1 contact.received voice c1 queue support until +7d agents (signed-out 1)
at 0:30 c2 calls head-start 1min → #2
  | 0:30 #2 contact.received voice c2 queue support own-head-start 1:00 until +7d agents (signed-out 1)

> #3 is far ahead of all others, and nobody here has the skill that it asks for.

at 0:40 c3 calls needing law head-start 1h → #3
  | 0:40 #3 contact.received voice c3 queue support skills (law 1) own-head-start 1:00:00 until +7d agents (skill 1)
at 1:00 ana signs in
  | 1:00 agent.connected ana session 1
  | 1:00 agent.status ana available
  | 1:00 #2 offer.made ana until +0:20
  |      why search contact, load 0, idle 0, waited 0:30, head-start 1:00, behind 1, dropped none

> #2 came 30 s after #1 and has 60 s of head start: it goes first. #3 keeps waiting and is in nobody's way.

at 1:05 ana accepts #2
  | 1:05 #2 offer.ended offer ana@1:00 accepted until +12:00:00
at 2:00 ana closes #2
  | 2:00 #2 contact.closed reason ana
  | 2:00 #1 offer.made ana until +0:20
  |      why search contact, load 0, idle 0, waited 2:00, dropped none

> Priority never means never: #1 is next.

at 2:05 ana accepts #1
  | 2:05 #1 offer.ended offer ana@2:00 accepted until +12:00:00
