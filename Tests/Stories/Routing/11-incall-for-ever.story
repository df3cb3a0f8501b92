Each wrap-up ends at its own limit, and its agent is free at that second.
Keeps out row 11, OpenSIPS/opensips#3123 and #2679: an agent stayed "incall" for ever, and wrap-up ended late for all.

plan one:
  queue support wrap-up 1min
  agent ana takes voice:1
  agent ben takes voice:1
  | 0:00 plan.activated plan one

at 0:00 ana, ben sign in
  | 0:00 agent.connected ana session 1
  | 0:00 agent.status ana available
  | 0:00 agent.connected ben session 2
  | 0:00 agent.status ben available
at 0:10 c1, c2 call → #1, #2
  | 0:10 #1 contact.received voice c1 queue support until +7d agents (later-in-order 2)
  | 0:10 #1 offer.made ana until +0:20
  |      why search agent, load 0, idle 0:10, waited 0, named (ben later-in-order)
  | 0:10 #2 contact.received voice c2 queue support until +7d agents (capacity 1, later-in-order 1)
  | 0:10 #2 offer.made ben until +0:20
  |      why search agent, load 0, idle 0:10, waited 0, named (ana capacity)
at 0:15 ana accepts #1
  | 0:15 #1 offer.ended offer ana@0:10 accepted until +12:00:00
at 0:15 ben accepts #2
  | 0:15 #2 offer.ended offer ben@0:10 accepted until +12:00:00
at 1:00 ana wraps up #1
  | 1:00 #1 contact.wrapup reason agent until +1:00
at 1:30 ben wraps up #2
  | 1:30 #2 contact.wrapup reason agent until +1:00
at 1:40 c3, c4 call → #3, #4
  | 1:40 #3 contact.received voice c3 queue support until +7d agents (capacity 2)
  | 1:40 #4 contact.received voice c4 queue support until +7d agents (capacity 2)

> Ana's minute ends at 2:00 and ben's at 2:30: neither waits for the other's.

time passes to 1:59
  | nothing
time passes to 2:00
  | 2:00 #1 contact.closed reason "wrap-up limit"
  | 2:00 #3 offer.made ana until +0:20
  |      why search contact, load 0, idle 0, waited 0:20, behind 1, named (ben capacity)
at 2:05 ana accepts #3
  | 2:05 #3 offer.ended offer ana@2:00 accepted until +12:00:00
time passes to 2:30
  | 2:30 #2 contact.closed reason "wrap-up limit"
  | 2:30 #4 offer.made ben until +0:20
  |      why search contact, load 0, idle 0, waited 0:50, named (ana capacity)
