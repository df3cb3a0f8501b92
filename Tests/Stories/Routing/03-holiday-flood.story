Who comes back from a holiday gets a share of the work and not all of it.
Keeps out row 3, RocketChat/Rocket.Chat#13134: "least amount" counted lifetime chats, so an agent back from holiday received everything.

plan one:
  queue support
  agent ana takes sms:3
  agent ben takes sms:3
  | 0:00 plan.activated plan one

> Ana works alone for a while.

at 0:00 ana signs in
  | 0:00 agent.connected ana session 1
  | 0:00 agent.status ana available
at 0:10 c1, c2, c3 text → #1, #2, #3
  | 0:10 #1 contact.received sms c1 queue support until +7d agents (signed-out 1, later-in-order 1)
  | 0:10 #1 offer.made ana until +0:20
  |      why search agent, load 0, idle 0:10, waited 0, named (ben signed-out)
  | 0:10 #2 contact.received sms c2 queue support until +7d agents (signed-out 1, later-in-order 1)
  | 0:10 #2 offer.made ana until +0:20
  |      why search agent, load 1, idle 0:10, waited 0, named (ben signed-out)
  | 0:10 #3 contact.received sms c3 queue support until +7d agents (signed-out 1, later-in-order 1)
  | 0:10 #3 offer.made ana until +0:20
  |      why search agent, load 2, idle 0:10, waited 0, named (ben signed-out)
at 0:20 ana accepts #1
  | 0:20 #1 offer.ended offer ana@0:10 accepted until +12:00:00
at 0:20 ana accepts #2
  | 0:20 #2 offer.ended offer ana@0:10 accepted until +12:00:00
at 0:20 ana accepts #3
  | 0:20 #3 offer.ended offer ana@0:10 accepted until +12:00:00
at 5:00 ana closes #1
  | 5:00 #1 contact.closed reason ana
at 5:00 ana closes #2
  | 5:00 #2 contact.closed reason ana
at 5:00 ana closes #3
  | 5:00 #3 contact.closed reason ana

> Ben is back. Ana has done three, ben none; they now take turns.

at 6:00 ben signs in
  | 6:00 agent.connected ben session 2
  | 6:00 agent.status ben available
at 6:10 c4 texts → #4
  | 6:10 #4 contact.received sms c4 queue support until +7d agents (later-in-order 2)
  | 6:10 #4 offer.made ana until +0:20
  |      why search agent, load 0, idle 1:10, waited 0, named (ben later-in-order)
at 6:10 c5 texts → #5
  | 6:10 #5 contact.received sms c5 queue support until +7d agents (later-in-order 2)
  | 6:10 #5 offer.made ben until +0:20
  |      why search agent, load 0, idle 0:10, waited 0, named (ana later-in-order)
at 6:10 c6 texts → #6
  | 6:10 #6 contact.received sms c6 queue support until +7d agents (later-in-order 2)
  | 6:10 #6 offer.made ana until +0:20
  |      why search agent, load 1, idle 1:10, waited 0, named (ben later-in-order)
at 6:10 c7 texts → #7
  | 6:10 #7 contact.received sms c7 queue support until +7d agents (later-in-order 2)
  | 6:10 #7 offer.made ben until +0:20
  |      why search agent, load 1, idle 0:10, waited 0, named (ana later-in-order)
