A call may break into an e-mail, and nothing into a call; what all costs together has a bound.
Capacity is counted by channel and by units.

plan one:
  queue support
  queue shop skills shop
  channel voice units 4 interrupted-by none
  channel email units 1 interrupted-by voice
  channel chat units 2
  agent ana takes voice:1,email:2,chat:2 units 6
  agent ben skills shop takes chat:4 units 5
  | 0:00 plan.activated plan one

at 0:00 ana signs in
  | 0:00 agent.connected ana session 1
  | 0:00 agent.status ana available
at 0:10 c1, c2 mail → #1, #2
  | 0:10 #1 contact.received email c1 queue support until +7d agents (channel 1, later-in-order 1)
  | 0:10 #1 offer.made ana until +0:20
  |      why search agent, load 0, idle 0:10, waited 0, named (ben channel)
  | 0:10 #2 contact.received email c2 queue support until +7d agents (channel 1, later-in-order 1)
  | 0:10 #2 offer.made ana until +0:20
  |      why search agent, load 1, idle 0:10, waited 0, named (ben channel)
at 0:11 ana accepts #1
  | 0:11 #1 offer.ended offer ana@0:10 accepted until +12:00:00
at 0:11 ana accepts #2
  | 0:11 #2 offer.ended offer ana@0:10 accepted until +12:00:00

> Two e-mails: 2 units. A chat may not break in, a call may: 6 units.

at 0:20 c3 chats → #3
  | 0:20 #3 contact.received chat c3 queue support until +7d agents (signed-out 1, capacity 1)
at 0:30 c4 calls → #4
  | 0:30 #4 contact.received voice c4 queue support until +7d agents (channel 1, later-in-order 1)
  | 0:30 #4 offer.made ana until +0:20
  |      why search agent, load 2, idle 0:19, waited 0, named (ben channel)
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
  |      why search contact, load 0, idle 0, waited 1:40, named (ben signed-out)
at 2:05 ana accepts #3
  | 2:05 #3 offer.ended offer ana@2:00 accepted until +12:00:00

> Ben may have four chats, but 5 units: two chats are 4, and a third would be 6.

at 3:00 ben signs in
  | 3:00 agent.connected ben session 2
  | 3:00 agent.status ben available
at 3:00 c5, c6, c7 chat for shop → #5, #6, #7
  | 3:00 #5 contact.received chat c5 queue shop until +7d agents (skill 1, later-in-order 1)
  | 3:00 #5 offer.made ben until +0:20
  |      why search agent, load 0, idle 0, waited 0, named (ana skill)
  | 3:00 #6 contact.received chat c6 queue shop until +7d agents (skill 1, later-in-order 1)
  | 3:00 #6 offer.made ben until +0:20
  |      why search agent, load 1, idle 0, waited 0, named (ana skill)
  | 3:00 #7 contact.received chat c7 queue shop until +7d agents (skill 1, capacity 1)
at 3:10 ben accepts #5
  | 3:10 #5 offer.ended offer ben@3:00 accepted until +12:00:00
at 3:10 ben accepts #6
  | 3:10 #6 offer.ended offer ben@3:00 accepted until +12:00:00
at 3:20 ben closes #5
  | 3:20 #5 contact.closed reason ben
  | 3:20 #7 offer.made ben until +0:20
  |      why search contact, load 1, idle 0, waited 0:20, named (ana skill)
