The circle of agents widens by level while a contact waits, and the inner ring goes first as long as it has anybody.
A requirement that expires: experts first, then good enough, then anybody who speaks the language.

plan one:
  queue support skills german:3 offer 20s
  ring after 30s skills german:2
  ring after 1min skills german:1
  agent ana skills german:3 takes sms:1
  agent ben skills german:2 takes sms:1
  agent eva skills german:1 takes sms:1
  | 0:00 plan.activated plan one

at 0:00 ben, eva sign in
  | 0:00 agent.connected ben session 1
  | 0:00 agent.status ben available
  | 0:00 agent.connected eva session 2
  | 0:00 agent.status eva available
at 0:10 c1 texts → #1
  | 0:10 #1 contact.received sms c1 queue support until +7d agents (ring 2, signed-out 1)

> Ben's ring opens at 0:40, eva's would at 1:10.

time passes to 0:39
  | nothing
time passes to 0:40
  | 0:40 #1 offer.made ben until +0:20
  |      why search agent, load 0, idle 0:40, waited 0:30, ring 1, named (ana signed-out, eva ring)
at 0:45 ben accepts #1
  | 0:45 #1 offer.ended offer ben@0:40 accepted until +12:00:00
at 0:50 c2 texts → #2
  | 0:50 #2 contact.received sms c2 queue support until +7d agents (ring 2, signed-out 1)
at 1:30 ana signs in
  | 1:30 agent.connected ana session 3
  | 1:30 agent.status ana available
  | 1:30 #2 offer.made ana until +0:20
  |      why search contact, load 0, idle 0, waited 0:40, named (ben capacity, eva ring)
at 1:35 ana accepts #2
  | 1:35 #2 offer.ended offer ana@1:30 accepted until +12:00:00
at 2:00 ben closes #1
  | 2:00 #1 contact.closed reason ben

> Ana puts #2 back. It has waited for 1:20, so all rings are open; ben's is inside eva's, though she has been idle for much longer.

at 2:10 ana requeues #2
  | 2:10 #2 contact.requeued ana queue support until +1:00
  | 2:10 #2 offer.made ben until +0:20
  |      why search agent, load 0, idle 0:10, waited 1:20, ring 1, named (ana excluded, eva later-in-order)
at 2:15 ben accepts #2
  | 2:15 #2 offer.ended offer ben@2:10 accepted until +12:00:00

> An expert is free: no ring is needed. For the next one only eva is left, and gets it when her ring opens.

at 2:20 c3 texts → #3
  | 2:20 #3 contact.received sms c3 queue support until +7d agents (ring 2, later-in-order 1)
  | 2:20 #3 offer.made ana until +0:20
  |      why search agent, load 0, idle 0:10, waited 0, named (ben ring, eva ring)
at 2:25 ana accepts #3
  | 2:25 #3 offer.ended offer ana@2:20 accepted until +12:00:00
at 2:30 c4 texts → #4
  | 2:30 #4 contact.received sms c4 queue support until +7d agents (ring 2, capacity 1)
time passes to 3:29
  | nothing
time passes to 3:30
  | 3:30 #4 offer.made eva until +0:20
  |      why search agent, load 0, idle 3:30, waited 1:00, ring 2, named (ana capacity, ben capacity)
