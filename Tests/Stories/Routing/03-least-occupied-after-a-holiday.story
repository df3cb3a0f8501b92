By least occupied, who comes back from a holiday begins level with the least busy and is not flooded.
Keeps out row 3, RocketChat/Rocket.Chat#13134: "least amount" counted over a lifetime, so an agent back from holiday received everything.

plan one:
  queue support
  idle-order least-occupied
  agent ana takes voice:1
  agent ben takes voice:1
  | 0:00 plan.activated plan one

> Ana works ten minutes, all alone.

at 0:00 ana signs in
  | 0:00 agent.connected ana session 1
  | 0:00 agent.status ana available
at 0:10 c1 calls → #1
  | 0:10 #1 contact.received voice c1 queue support until +7d agents (signed-out 1, later-in-order 1)
  | 0:10 #1 offer.made ana until +0:20
  |      why search agent, load 0, idle 0:10, waited 0, idle-key 0, named (ben signed-out)
at 0:10 ana accepts #1
  | 0:10 #1 offer.ended offer ana@0:10 accepted until +12:00:00
at 10:10 ana closes #1
  | 10:10 #1 contact.closed reason ana

> Ben was on holiday. His account is made level with ana's: c2 is for ana, who is idle for longer, and then it is his turn.

at 11:00 ben signs in
  | 11:00 agent.connected ben session 2
  | 11:00 agent.status ben available
at 11:10 c2 calls → #2
  | 11:10 #2 contact.received voice c2 queue support until +7d agents (later-in-order 2)
  | 11:10 #2 offer.made ana until +0:20
  |       why search agent, load 0, idle 1:00, waited 0, idle-key 10:00, named (ben later-in-order)
at 11:12 ana accepts #2
  | 11:12 #2 offer.ended offer ana@11:10 accepted until +12:00:00
at 11:20 c3 calls → #3
  | 11:20 #3 contact.received voice c3 queue support until +7d agents (capacity 1, later-in-order 1)
  | 11:20 #3 offer.made ben until +0:20
  |       why search agent, load 0, idle 0:20, waited 0, idle-key 10:00, named (ana capacity)
at 11:22 ben accepts #3
  | 11:22 #3 offer.ended offer ben@11:20 accepted until +12:00:00

> Ana is busy for a minute and ben for three: the next two are ana's, though after #4 ben is idle for longer than she.

at 12:10 ana closes #2
  | 12:10 #2 contact.closed reason ana
at 14:20 ben closes #3
  | 14:20 #3 contact.closed reason ben
at 14:30 c4 calls → #4
  | 14:30 #4 contact.received voice c4 queue support until +7d agents (later-in-order 2)
  | 14:30 #4 offer.made ana until +0:20
  |       why search agent, load 0, idle 2:20, waited 0, idle-key 11:00, named (ben later-in-order)
at 14:32 ana accepts #4
  | 14:32 #4 offer.ended offer ana@14:30 accepted until +12:00:00
at 14:40 ana closes #4
  | 14:40 #4 contact.closed reason ana
at 15:00 c5 calls → #5
  | 15:00 #5 contact.received voice c5 queue support until +7d agents (later-in-order 2)
  | 15:00 #5 offer.made ana until +0:20
  |       why search agent, load 0, idle 0:20, waited 0, idle-key 11:10, named (ben later-in-order)
