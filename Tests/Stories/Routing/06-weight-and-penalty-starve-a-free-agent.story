A free agent serves the light queue at once, however heavy another queue is that the agent cannot serve.
Keeps out row 6, asterisk/asterisk#1561: a free agent served nobody until a heavier queue was empty.

plan one:
  queue support skills german
  queue law skills law head-start 1h
  agent ana skills german takes sms:1
  | 0:00 plan.activated plan one

at 0:00 carl, cleo text for law → #1, #2
  | 0:00 #1 contact.received sms carl queue law until +7d agents (skill 1)
  | 0:00 #2 contact.received sms cleo queue law until +7d agents (skill 1)
at 0:10 dora texts → #3
  | 0:10 #3 contact.received sms dora queue support until +7d agents (signed-out 1)
at 0:20 ana signs in
  | 0:20 agent.connected ana session 1
  | 0:20 agent.status ana available
  | 0:20 #3 offer.made ana until +0:20
  |      why search contact, load 0, idle 0, waited 0:10, dropped none

> Both lawyers' clients still wait, an hour ahead of dora by weight; they keep nobody from her.

at 0:30 ana accepts #3
  | 0:30 #3 offer.ended offer ana@0:20 accepted until +12:00:00
