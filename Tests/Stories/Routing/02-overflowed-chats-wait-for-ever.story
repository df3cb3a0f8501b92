A chat that came when everybody was busy is the first to be offered as soon as somebody is not.
Keeps out row 2, chatwoot/chatwoot#10376 and #10685: overflowed chats stayed unassigned for ever, and newer ones jumped them.

plan one:
  queue support
  agent ana takes chat:1
  | 0:00 plan.activated plan one

at 0:00 ana signs in
  | 0:00 agent.connected ana session 1
  | 0:00 agent.status ana available
at 0:10 c1 chats → #1
  | 0:10 #1 contact.received chat c1 queue support until +7d agents (later-in-order 1)
  | 0:10 #1 offer.made ana until +0:20
  |      why search agent, load 0, idle 0:10, waited 0, dropped none
at 0:12 ana accepts #1
  | 0:12 #1 offer.ended offer ana@0:10 accepted until +12:00:00
at 1:00 c2 chats → #2
  | 1:00 #2 contact.received chat c2 queue support until +7d agents (capacity 1)
at 2:00 c3 chats → #3
  | 2:00 #3 contact.received chat c3 queue support until +7d agents (capacity 1)

> Nothing arrives at 3:00: that ana is free is enough for #2 to be offered.

at 3:00 ana closes #1
  | 3:00 #1 contact.closed reason ana
  | 3:00 #2 offer.made ana until +0:20
  |      why search contact, load 0, idle 0, waited 2:00, behind 1, dropped none
at 3:05 ana accepts #2
  | 3:05 #2 offer.ended offer ana@3:00 accepted until +12:00:00

> A chat that comes at the very moment she is free does not jump #3.

at 4:00 ana closes #2
  | 4:00 #2 contact.closed reason ana
  | 4:00 #3 offer.made ana until +0:20
  |      why search contact, load 0, idle 0, waited 2:00, dropped none
at 4:00 c4 chats → #4
  | 4:00 #4 contact.received chat c4 queue support until +7d agents (capacity 1)
