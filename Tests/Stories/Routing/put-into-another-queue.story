A contact that its agent puts into another queue keeps the place of its arrival and needs what the new queue needs.
It is not offered again at once to the agent who put it there.

plan one:
  queue support
  queue law skills law
  timers offer-again 1min
  agent ana skills law takes sms:1
  agent ben skills law takes sms:1
  agent eva takes sms:1
  | 0:00 plan.activated plan one

at 0:00 ana, eva sign in
  | 0:00 agent.connected ana session 1
  | 0:00 agent.status ana available
  | 0:00 agent.connected eva session 2
  | 0:00 agent.status eva available
at 0:10 c1 texts → #1
  | 0:10 #1 contact.received sms c1 queue support until +7d agents (signed-out 1, later-in-order 2)
  | 0:10 #1 offer.made ana until +0:20
  |      why search agent, load 0, idle 0:10, waited 0, named (ben signed-out, eva later-in-order)
at 0:12 ana accepts #1
  | 0:12 #1 offer.ended offer ana@0:10 accepted until +12:00:00
at 0:30 c2 texts for law → #2
  | 0:30 #2 contact.received sms c2 queue law until +7d agents (skill 1, signed-out 1, capacity 1)
at 1:00 ana requeues #1 to nowhere
  | refused unknown-queue: the plan has no queue nowhere
at 1:01 ana requeues #1 to law
  | 1:01 #1 contact.requeued ana queue law until +1:00 expires-at +7d
  | 1:01 #2 offer.made ana until +0:20
  |      why search agent, load 0, idle 0, waited 0:31, named (ben signed-out, eva skill)

> Ana takes #2. Ben comes: #1 arrived before all others, and is his.

at 1:10 c3 texts for law → #3
  | 1:10 #3 contact.received sms c3 queue law until +7d agents (skill 1, signed-out 1, capacity 1)
at 1:20 ben signs in
  | 1:20 agent.connected ben session 3
  | 1:20 agent.status ben available
  | 1:20 #1 offer.made ben until +0:20
  |      why search contact, load 0, idle 0, waited 1:10, behind 1, named (ana capacity, eva skill)
