Chats are shared out one each, then two each, though every agent could take four.
Keeps out row 1, chatwoot/chatwoot#11034: with a cap of four, one agent got most chats while others were idle.

plan one:
  queue support
  agent ana takes chat:4
  agent ben takes chat:4
  agent eva takes chat:4
  | 0:00 plan.activated plan one

at 0:00 ana, ben, eva sign in
  | 0:00 agent.connected ana session 1
  | 0:00 agent.status ana available
  | 0:00 agent.connected ben session 2
  | 0:00 agent.status ben available
  | 0:00 agent.connected eva session 3
  | 0:00 agent.status eva available
at 0:10 c1, c2, c3 chat → #1, #2, #3
  | 0:10 #1 contact.received chat c1 queue support until +7d agents (later-in-order 3)
  | 0:10 #1 offer.made ana until +0:20
  |      why search agent, load 0, idle 0:10, waited 0, named (ben later-in-order, eva later-in-order)
  | 0:10 #2 contact.received chat c2 queue support until +7d agents (later-in-order 3)
  | 0:10 #2 offer.made ben until +0:20
  |      why search agent, load 0, idle 0:10, waited 0, named (ana later-in-order, eva later-in-order)
  | 0:10 #3 contact.received chat c3 queue support until +7d agents (later-in-order 3)
  | 0:10 #3 offer.made eva until +0:20
  |      why search agent, load 0, idle 0:10, waited 0, named (ana later-in-order, ben later-in-order)
at 0:12 ana accepts #1
  | 0:12 #1 offer.ended offer ana@0:10 accepted until +12:00:00
at 0:12 ben accepts #2
  | 0:12 #2 offer.ended offer ben@0:10 accepted until +12:00:00
at 0:12 eva accepts #3
  | 0:12 #3 offer.ended offer eva@0:10 accepted until +12:00:00

> Eva finishes first and holds nothing: the next one is hers, and not that of whoever has room.

at 2:00 eva closes #3
  | 2:00 #3 contact.closed reason eva
at 2:10 c4 chats → #4
  | 2:10 #4 contact.received chat c4 queue support until +7d agents (later-in-order 3)
  | 2:10 #4 offer.made eva until +0:20
  |      why search agent, load 0, idle 0:10, waited 0, named (ana later-in-order, ben later-in-order)
at 2:12 eva accepts #4
  | 2:12 #4 offer.ended offer eva@2:10 accepted until +12:00:00

> Now all hold one. The next goes to ana, who has been at that for longest.

at 2:20 c5, c6 chat → #5, #6
  | 2:20 #5 contact.received chat c5 queue support until +7d agents (later-in-order 3)
  | 2:20 #5 offer.made ana until +0:20
  |      why search agent, load 1, idle 2:08, waited 0, named (ben later-in-order, eva later-in-order)
  | 2:20 #6 contact.received chat c6 queue support until +7d agents (later-in-order 3)
  | 2:20 #6 offer.made ben until +0:20
  |      why search agent, load 1, idle 2:08, waited 0, named (ana later-in-order, eva later-in-order)
