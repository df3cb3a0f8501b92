Of two agents who say yes to one contact, one has it and the other is told who.
Keeps out row 13, RocketChat/Rocket.Chat#22206: two agents took the same inquiry and both chatted.

plan one:
  queue support
  agent ana takes chat:2
  agent ben takes chat:2
  | 0:00 plan.activated plan one

at 0:00 ana, ben sign in
  | 0:00 agent.connected ana session 1
  | 0:00 agent.status ana available
  | 0:00 agent.connected ben session 2
  | 0:00 agent.status ben available
at 0:10 c1 chats → #1
  | 0:10 #1 contact.received chat c1 queue support until +7d agents (later-in-order 2)
  | 0:10 #1 offer.made ana until +0:20
  |      why search agent, load 0, idle 0:10, waited 0, named (ben later-in-order)
at 0:12 ben accepts #1
  | refused offer-over: offer ana@0:10 is over; ana has the contact
at 0:12 ana accepts #1
  | 0:12 #1 offer.ended offer ana@0:10 accepted until +12:00:00
at 0:13 ben accepts #1
  | refused offer-over: offer ana@0:10 is over; ana has the contact
at 0:14 ben replies to #1
  | refused not-yours: interaction #1 is not yours; ana has it
at 0:14 ben closes #1
  | refused not-yours: interaction #1 is not yours; ana has it

> Saying yes twice is no error and changes nothing.

at 0:15 ana accepts #1
  | answer: yes, #1, and nothing changes
