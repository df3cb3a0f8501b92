All queues stand in one order: whoever has waited longest is first, whichever queue it waits in.
Keeps out row 4, asterisk/asterisk#108: an agent of two queues was not given the longest-waiting caller of both.

plan one:
  queue support
  queue sales
  agent ana takes voice:1
  | 0:00 plan.activated plan one

at 0:00 c1 calls for sales → #1
  | 0:00 #1 contact.received voice c1 queue sales until +7d agents (signed-out 1)
at 0:05 c2 calls for support → #2
  | 0:05 #2 contact.received voice c2 queue support until +7d agents (signed-out 1)
at 0:10 c3 calls for sales → #3
  | 0:10 #3 contact.received voice c3 queue sales until +7d agents (signed-out 1)
at 0:15 ana signs in
  | 0:15 agent.connected ana session 1
  | 0:15 agent.status ana available
  | 0:15 #1 offer.made ana until +0:20
  |      why search contact, load 0, idle 0, waited 0:15, behind 2, dropped none
at 0:16 ana accepts #1
  | 0:16 #1 offer.ended offer ana@0:15 accepted until +12:00:00
at 1:00 ana closes #1
  | 1:00 #1 contact.closed reason ana
  | 1:00 #2 offer.made ana until +0:20
  |      why search contact, load 0, idle 0, waited 0:55, behind 1, dropped none
at 1:01 ana accepts #2
  | 1:01 #2 offer.ended offer ana@1:00 accepted until +12:00:00
at 2:00 ana closes #2
  | 2:00 #2 contact.closed reason ana
  | 2:00 #3 offer.made ana until +0:20
  |      why search contact, load 0, idle 0, waited 1:50, dropped none
