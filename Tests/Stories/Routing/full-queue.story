A full queue refuses the newcomer before accepting it, and lets whoever was accepted come back.
Overload is said to the one who asks, at once; what was promised is kept.

plan one:
  queue support waiting 2 offer 20s
  agent ana takes voice:1
  | 0:00 plan.activated plan one

at 0:00 ana signs in
  | 0:00 agent.connected ana session 1
  | 0:00 agent.status ana available
at 0:10 c1, c2, c3 call → #1, #2, #3
  | 0:10 #1 contact.received voice c1 queue support until +7d agents (later-in-order 1)
  | 0:10 #1 offer.made ana until +0:20
  |      why search agent, load 0, idle 0:10, waited 0, dropped none
  | 0:10 #2 contact.received voice c2 queue support until +7d agents (capacity 1)
  | 0:10 #3 contact.received voice c3 queue support until +7d agents (capacity 1)
at 0:15 c4 calls
  | refused queue-full: queue support is full: 2 are waiting; try again later

> #1 was accepted once and returns to its place, though the queue is full: it now holds three.

time passes to 0:30
  | 0:30 #1 offer.ended offer ana@0:10 timed-out
  | 0:30 agent.status ana not-ready reason no-answer
at 0:35 c4 calls
  | refused queue-full: queue support is full: 3 are waiting; try again later

> With room again, the same caller is welcome.

at 0:40 c2 hangs up #2
  | 0:40 #2 contact.abandoned reason "hung up"
at 0:41 c3 hangs up #3
  | 0:41 #3 contact.abandoned reason "hung up"
at 0:45 c4 calls → #4
  | 0:45 #4 contact.received voice c4 queue support until +7d agents (not-ready 1)
