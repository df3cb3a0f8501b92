By round robin each is asked in turn, however long the calls took; an offer declined was a turn.
Who was never offered anything comes first.

plan one:
  queue support
  idle-order round-robin
  agent ana takes voice:1
  agent ben takes voice:1
  agent eva takes voice:1
  | 0:00 plan.activated plan one

at 0:00 eva, ana, ben sign in
  | 0:00 agent.connected eva session 1
  | 0:00 agent.status eva available
  | 0:00 agent.connected ana session 2
  | 0:00 agent.status ana available
  | 0:00 agent.connected ben session 3
  | 0:00 agent.status ben available
at 0:10 c1 calls → #1
  | 0:10 #1 contact.received voice c1 queue support until +7d agents (later-in-order 3)
  | 0:10 #1 offer.made eva until +0:20
  |      why search agent, load 0, idle 0:10, waited 0, idle-key 0, named (ana later-in-order, ben later-in-order)
at 0:12 eva rejects #1
  | 0:12 #1 offer.ended offer eva@0:10 rejected until +1:00
  | 0:12 #1 offer.made ana until +0:20
  |      why search agent, load 0, idle 0:12, waited 0:02, idle-key 0, named (ben later-in-order, eva excluded)
at 0:14 ana accepts #1
  | 0:14 #1 offer.ended offer ana@0:12 accepted until +12:00:00
at 0:20 c2 calls → #2
  | 0:20 #2 contact.received voice c2 queue support until +7d agents (capacity 1, later-in-order 2)
  | 0:20 #2 offer.made ben until +0:20
  |      why search agent, load 0, idle 0:20, waited 0, idle-key 0, named (ana capacity, eva later-in-order)
at 0:22 ben accepts #2
  | 0:22 #2 offer.ended offer ben@0:20 accepted until +12:00:00

> Ben is free before ana and so idle for longer; but after eva it is ana's turn.

at 0:30 ben closes #2
  | 0:30 #2 contact.closed reason ben
at 0:40 ana closes #1
  | 0:40 #1 contact.closed reason ana
at 0:50 c3 calls → #3
  | 0:50 #3 contact.received voice c3 queue support until +7d agents (later-in-order 3)
  | 0:50 #3 offer.made eva until +0:20
  |      why search agent, load 0, idle 0:50, waited 0, idle-key 10, named (ana later-in-order, ben later-in-order)
at 0:52 eva accepts #3
  | 0:52 #3 offer.ended offer eva@0:50 accepted until +12:00:00
at 1:00 c4 calls → #4
  | 1:00 #4 contact.received voice c4 queue support until +7d agents (capacity 1, later-in-order 2)
  | 1:00 #4 offer.made ana until +0:20
  |      why search agent, load 0, idle 0:20, waited 0, idle-key 12, named (ben later-in-order, eva capacity)
