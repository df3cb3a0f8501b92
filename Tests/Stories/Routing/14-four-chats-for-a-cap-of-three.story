An agent with room for three chats has three, however fast the fourth comes.
Keeps out row 14, RocketChat/Rocket.Chat PR#37776: three instances, a cap of three, and four chats by a race between reading and assigning.

plan one:
  queue support
  agent ana takes chat:3
  | 0:00 plan.activated plan one

at 0:00 ana signs in
  | 0:00 agent.connected ana session 1
  | 0:00 agent.status ana available
at 0:10 c1, c2, c3, c4 chat → #1, #2, #3, #4
  | 0:10 #1 contact.received chat c1 queue support until +7d agents (later-in-order 1)
  | 0:10 #1 offer.made ana until +0:20
  |      why search agent, load 0, idle 0:10, waited 0, dropped none
  | 0:10 #2 contact.received chat c2 queue support until +7d agents (later-in-order 1)
  | 0:10 #2 offer.made ana until +0:20
  |      why search agent, load 1, idle 0:10, waited 0, dropped none
  | 0:10 #3 contact.received chat c3 queue support until +7d agents (later-in-order 1)
  | 0:10 #3 offer.made ana until +0:20
  |      why search agent, load 2, idle 0:10, waited 0, dropped none
  | 0:10 #4 contact.received chat c4 queue support until +7d agents (capacity 1)
at 0:11 ana accepts #3
  | 0:11 #3 offer.ended offer ana@0:10 accepted until +12:00:00
at 0:11 ana accepts #2
  | 0:11 #2 offer.ended offer ana@0:10 accepted until +12:00:00
at 0:11 ana accepts #1
  | 0:11 #1 offer.ended offer ana@0:10 accepted until +12:00:00
at 0:12 ana wraps up #2
  | 0:12 #2 contact.wrapup reason agent until +5:00

> Wrap-up is work too: only its end makes room.

at 0:20 ana closes #2
  | 0:20 #2 contact.closed reason ana
  | 0:20 #4 offer.made ana until +0:20
  |      why search contact, load 2, idle 0, waited 0:10, dropped none
