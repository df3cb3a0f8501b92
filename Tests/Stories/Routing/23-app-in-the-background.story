An agent whose connection is gone for less than the grace keeps status, conversations and what rings.
Keeps out row 23, chatwoot/chatwoot#5436: a mobile app in the background counted as offline.

plan one:
  queue support offer 1min
  timers reconnect 30s
  agent ana takes chat:4
  agent ben takes chat:4
  | 0:00 plan.activated plan one

at 0:00 ana signs in
  | 0:00 agent.connected ana session 1
  | 0:00 agent.status ana available
at 0:10 c1 chats → #1
  | 0:10 #1 contact.received chat c1 queue support until +7d agents (signed-out 1, later-in-order 1)
  | 0:10 #1 offer.made ana until +1:00
  |      why search agent, load 0, idle 0:10, waited 0, named (ben signed-out)
at 0:12 ana accepts #1
  | 0:12 #1 offer.ended offer ana@0:10 accepted until +12:00:00
at 0:20 c2 chats → #2
  | 0:20 #2 contact.received chat c2 queue support until +7d agents (signed-out 1, later-in-order 1)
  | 0:20 #2 offer.made ana until +1:00
  |      why search agent, load 1, idle 0:08, waited 0, named (ben signed-out)
at 0:21 ben signs in
  | 0:21 agent.connected ben session 2
  | 0:21 agent.status ben available
at 0:25 ana loses connection
  | 0:25 agent.lost ana session 1 until +0:30

> While she cannot be reached nothing new is offered to her, though she holds two and ben soon three.

at 0:30 c3, c4, c5, c6 chat → #3, #4, #5, #6
  | 0:30 #3 contact.received chat c3 queue support until +7d agents (unreachable 1, later-in-order 1)
  | 0:30 #3 offer.made ben until +1:00
  |      why search agent, load 0, idle 0:09, waited 0, named (ana unreachable)
  | 0:30 #4 contact.received chat c4 queue support until +7d agents (unreachable 1, later-in-order 1)
  | 0:30 #4 offer.made ben until +1:00
  |      why search agent, load 1, idle 0:09, waited 0, named (ana unreachable)
  | 0:30 #5 contact.received chat c5 queue support until +7d agents (unreachable 1, later-in-order 1)
  | 0:30 #5 offer.made ben until +1:00
  |      why search agent, load 2, idle 0:09, waited 0, named (ana unreachable)
  | 0:30 #6 contact.received chat c6 queue support until +7d agents (unreachable 1, later-in-order 1)
  | 0:30 #6 offer.made ben until +1:00
  |      why search agent, load 3, idle 0:09, waited 0, named (ana unreachable)
at 0:45 ana reconnects
  | 0:45 agent.connected ana session 3
at 0:50 ana accepts #2
  | 0:50 #2 offer.ended offer ana@0:20 accepted until +12:00:00
at 0:51 c1 chats
  | 0:51 #1 contact.message until +12:00:00
time passes to 0:55
  | nothing
