Somebody who sets the clock by an hour ends no offer and no wrap-up, and delays none.
Deadlines are in site time; the difference to the wall is only recorded.

plan one:
  queue support offer 20s wrap-up 2min
  agent ana takes voice:1
  | 0:00 plan.activated plan one

at 0:00 ana signs in
  | 0:00 agent.connected ana session 1
  | 0:00 agent.status ana available
at 0:10 c1 calls → #1
  | 0:10 #1 contact.received voice c1 queue support until +7d agents (later-in-order 1)
  | 0:10 #1 offer.made ana until +0:20
  |      why search agent, load 0, idle 0:10, waited 0, dropped none
at 0:15 the wall clock moves +1h
  | 0:15 site.clock wall-offset 1:00:00
time passes to 0:29
  | nothing
at 0:29 ana accepts #1
  | 0:29 #1 offer.ended offer ana@0:10 accepted until +12:00:00
at 1:00 ana wraps up #1
  | 1:00 #1 contact.wrapup reason agent until +2:00
at 1:30 the wall clock moves -2h
  | 1:30 site.clock wall-offset -1:00:00
time passes to 2:59
  | nothing
time passes to 3:00
  | 3:00 #1 contact.closed reason "wrap-up limit"
