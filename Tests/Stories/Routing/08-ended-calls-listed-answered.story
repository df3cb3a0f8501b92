A call whose caller hung up is over within the limit of its wrap-up, whatever the agent does or forgets.
Keeps out row 8, signalwire/freeswitch#1973: ended calls were listed as Answered hours later.

plan one:
  queue support wrap-up 2min
  timers silence 30min
  agent ana takes voice:2
  | 0:00 plan.activated plan one

at 0:00 ana signs in
  | 0:00 agent.connected ana session 1
  | 0:00 agent.status ana available
at 0:10 c1 calls → #1
  | 0:10 #1 contact.received voice c1 queue support until +7d agents (later-in-order 1)
  | 0:10 #1 offer.made ana until +0:20
  |      why search agent, load 0, idle 0:10, waited 0, dropped none
at 0:15 ana accepts #1
  | 0:15 #1 offer.ended offer ana@0:10 accepted until +30:00
at 3:00 c1 hangs up #1
  | 3:00 #1 contact.wrapup reason "hung up" until +2:00

> Ana forgets it. Two minutes later it is closed without her.

time passes to 10:00
  | 5:00 #1 contact.closed reason "wrap-up limit"

> Of another call nobody ever hears that it has ended: silence ends it.

at 10:00 c2 calls → #2
  | 10:00 #2 contact.received voice c2 queue support until +7d agents (later-in-order 1)
  | 10:00 #2 offer.made ana until +0:20
  |       why search agent, load 0, idle 5:00, waited 0, dropped none
at 10:05 ana accepts #2
  | 10:05 #2 offer.ended offer ana@10:00 accepted until +30:00
time passes to 1:00:00
  | 40:05 #2 contact.wrapup reason silence until +2:00
  | 42:05 #2 contact.closed reason "wrap-up limit"
