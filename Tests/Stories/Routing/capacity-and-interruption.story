A call may break into an e-mail, and nothing into a call; what all costs together has a bound.
Capacity is counted by channel and by units.

plan one:
  queue support
  channel voice units 4 interrupted-by none
  channel email units 1 interrupted-by voice
  channel chat units 2
  agent ana takes voice:1,email:2,chat:2 units 6
  | 0:00 plan.activated plan one

at 0:00 ana signs in
  | 0:00 agent.connected ana session 1
  | 0:00 agent.status ana available
at 0:10 c1, c2 mail → #1, #2
  | 0:10 #1 contact.received email c1 queue support until +7d agents (later-in-order 1)
  | 0:10 #1 offer.made ana until +0:20
  |      why search agent, load 0, idle 0:10, waited 0, dropped none
  | 0:10 #2 contact.received email c2 queue support until +7d agents (later-in-order 1)
  | 0:10 #2 offer.made ana until +0:20
  |      why search agent, load 1, idle 0:10, waited 0, dropped none
at 0:11 ana accepts #1
  | 0:11 #1 offer.ended offer ana@0:10 accepted until +12:00:00
at 0:11 ana accepts #2
  | 0:11 #2 offer.ended offer ana@0:10 accepted until +12:00:00

> Two e-mails: 2 units. A chat may not break in, a call may: 6 units.

at 0:20 c3 chats → #3
  | 0:20 #3 contact.received chat c3 queue support until +7d agents (capacity 1)
at 0:30 c4 calls → #4
  | 0:30 #4 contact.received voice c4 queue support until +7d agents (later-in-order 1)
  | 0:30 #4 offer.made ana until +0:20
  |      why search agent, load 2, idle 0:19, waited 0, dropped none
at 0:35 ana accepts #4
  | 0:35 #4 offer.ended offer ana@0:30 accepted until +12:00:00

> The e-mails done, she still speaks: nothing breaks into a call.

at 1:00 ana closes #1
  | 1:00 #1 contact.closed reason ana
at 1:00 ana closes #2
  | 1:00 #2 contact.closed reason ana
at 2:00 ana closes #4
  | 2:00 #4 contact.closed reason ana
  | 2:00 #3 offer.made ana until +0:20
  |      why search contact, load 0, idle 0, waited 1:40, dropped none
