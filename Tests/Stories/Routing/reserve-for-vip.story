One of the team is kept for the important queue; ordinary contacts get the others only.
And whoever is kept is not kept idle for ever by a rule about somebody else: as soon as two are idle again, one may go.

plan one:
  queue vip
  queue support
  reserve team keep 1 for vip
  agent ana takes voice:1 groups team
  agent ben takes voice:1 groups team
  | 0:00 plan.activated plan one

at 0:00 ana, ben sign in
  | 0:00 agent.connected ana session 1
  | 0:00 agent.status ana available
  | 0:00 agent.connected ben session 2
  | 0:00 agent.status ben available
at 0:10 c1, c2 call for support → #1, #2
  | 0:10 #1 contact.received voice c1 queue support until +7d agents (later-in-order 2)
  | 0:10 #1 offer.made ana until +0:20
  |      why search agent, load 0, idle 0:10, waited 0, named (ben later-in-order)
  | 0:10 #2 contact.received voice c2 queue support until +7d agents (capacity 1, reserved 1)
at 0:12 ana accepts #1
  | 0:12 #1 offer.ended offer ana@0:10 accepted until +12:00:00
at 0:20 c3 calls for vip → #3
  | 0:20 #3 contact.received voice c3 queue vip until +7d agents (capacity 1, later-in-order 1)
  | 0:20 #3 offer.made ben until +0:20
  |      why search agent, load 0, idle 0:20, waited 0, named (ana capacity)
at 0:22 ben accepts #3
  | 0:22 #3 offer.ended offer ben@0:20 accepted until +12:00:00

> Ana is idle again, the only one: #2 still waits. When ben is idle, too, one of them may go.

at 1:00 ana closes #1
  | 1:00 #1 contact.closed reason ana
at 2:00 ben closes #3
  | 2:00 #3 contact.closed reason ben
  | 2:00 #2 offer.made ana until +0:20
  |      why search agent, load 0, idle 1:00, waited 1:50, named (ben later-in-order)
