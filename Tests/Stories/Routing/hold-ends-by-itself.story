A customer on hold is not forgotten: the hold ends at its limit by itself, and with the call when the customer hangs up.
A state without a deadline would keep somebody listening to music for ever.

plan one:
  queue support wrap-up 2min
  timers hold 3min silence 20min
  agent ana takes voice:1
  | 0:00 plan.activated plan one

at 0:00 ana signs in
  | 0:00 agent.connected ana session 1
  | 0:00 agent.status ana available
at 0:10 c1 calls → #1
  | 0:10 #1 contact.received voice c1 queue support until +7d agents (later-in-order 1)
  | 0:10 #1 offer.made ana until +0:20
  |      why search agent, load 0, idle 0:10, waited 0, dropped none
at 0:12 ana accepts #1
  | 0:12 #1 offer.ended offer ana@0:10 accepted until +20:00
at 1:00 ana holds #1
  | 1:00 #1 contact.held until +3:00
at 1:01 ana holds #1
  | refused wrong-state: interaction #1 is on hold; that cannot be done now
at 1:30 ana resumes #1
  | 1:30 #1 contact.resumed reason agent
at 2:00 ana holds #1
  | 2:00 #1 contact.held until +3:00
time passes to 4:59
  | nothing
time passes to 5:00
  | 5:00 #1 contact.resumed reason limit
at 6:00 ana holds #1
  | 6:00 #1 contact.held until +3:00
at 6:30 c1 hangs up #1
  | 6:30 #1 contact.wrapup reason "hung up" until +2:00
