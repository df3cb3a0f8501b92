A consultation that nobody ends is over at its limit, and one whose customer hangs up at once.
The colleague's place is free again in both cases.

plan one:
  queue support wrap-up 1min
  timers consult 5min
  agent ana takes voice:1
  agent ben takes voice:1
  | 0:00 plan.activated plan one

at 0:00 ana signs in
  | 0:00 agent.connected ana session 1
  | 0:00 agent.status ana available
at 0:10 c1 calls → #1
  | 0:10 #1 contact.received voice c1 queue support until +7d agents (signed-out 1, later-in-order 1)
  | 0:10 #1 offer.made ana until +0:20
  |      why search agent, load 0, idle 0:10, waited 0, named (ben signed-out)
at 0:12 ana accepts #1
  | 0:12 #1 offer.ended offer ana@0:10 accepted until +12:00:00
at 0:20 ben signs in
  | 0:20 agent.connected ben session 2
  | 0:20 agent.status ben available
at 1:00 ana consults ben about #1
  | 1:00 #1 invite.made ben by ana until +0:20
at 1:05 ben accepts #1
  | 1:05 #1 invite.ended offer ben@1:00 accepted until +5:00
at 1:10 c2 calls → #2
  | 1:10 #2 contact.received voice c2 queue support until +7d agents (capacity 2)
time passes to 6:04
  | nothing
time passes to 6:05
  | 6:05 #1 guest.left ben reason limit
  | 6:05 #2 offer.made ben until +0:20
  |      why search contact, load 0, idle 0, waited 4:55, named (ana capacity)
at 6:10 ben accepts #2
  | 6:10 #2 offer.ended offer ben@6:05 accepted until +12:00:00
at 7:00 ben closes #2
  | 7:00 #2 contact.closed reason ben
at 8:00 ana consults ben about #1
  | 8:00 #1 invite.made ben by ana until +0:20
at 8:02 ben accepts #1
  | 8:02 #1 invite.ended offer ben@8:00 accepted until +5:00
at 8:10 c1 hangs up #1
  | 8:10 #1 guest.left ben reason wrap-up
  | 8:10 #1 contact.wrapup reason "hung up" until +1:00
