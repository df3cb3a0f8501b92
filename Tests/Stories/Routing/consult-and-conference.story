One agent has the contact at every moment; colleagues are asked in, listen, join, take over, and each part of it ends by itself.
Whoever leaves a conference leaves it to somebody, and an unanswered question holds nobody's place for ever.

plan one:
  queue support offer 20s
  queue law skills law offer 30s
  timers consult 5min
  agent ana takes voice:1
  agent ben skills law takes voice:1
  agent eva skills law takes voice:1
  | 0:00 plan.activated plan one

at 0:00 ana, ben, eva sign in
  | 0:00 agent.connected ana session 1
  | 0:00 agent.status ana available
  | 0:00 agent.connected ben session 2
  | 0:00 agent.status ben available
  | 0:00 agent.connected eva session 3
  | 0:00 agent.status eva available
at 0:10 c1 calls for support → #1
  | 0:10 #1 contact.received voice c1 queue support until +7d agents (later-in-order 3)
  | 0:10 #1 offer.made ana until +0:20
  |      why search agent, load 0, idle 0:10, waited 0, named (ben later-in-order, eva later-in-order)
at 0:12 ana accepts #1
  | 0:12 #1 offer.ended offer ana@0:10 accepted until +12:00:00

> Of the queue's people the longest idle is asked: ben. He does not answer.

at 1:00 ana consults queue law about #1
  | 1:00 #1 invite.made ben by ana queue law until +0:20
time passes to 1:20
  | 1:20 #1 invite.ended offer ben@1:00 timed-out
time passes to 1:30
  | nothing
at 1:40 ana consults eva about #1
  | 1:40 #1 invite.made eva by ana until +0:20
at 1:45 eva accepts #1
  | 1:45 #1 invite.ended offer eva@1:40 accepted until +5:00

> Eva is in a consultation: she is not offered other calls, though she owns none.

at 1:50 c2 calls for law → #2
  | 1:50 #2 contact.received voice c2 queue law until +7d agents (skill 1, capacity 1, later-in-order 1)
  | 1:50 #2 offer.made ben until +0:30
  |      why search agent, load 0, idle 1:50, waited 0, named (ana skill, eva capacity)
at 2:00 ana joins all in #1
  | 2:00 #1 guest.joined eva
at 2:02 ben accepts #2
  | 2:02 #2 offer.ended offer ben@1:50 accepted until +12:00:00
at 3:00 ana leaves #1
  | 3:00 #1 contact.transferred from ana to eva reason left until +12:00:00
at 3:10 ana closes #1
  | refused not-yours: interaction #1 is not yours; eva has it
at 4:00 eva closes #1
  | 4:00 #1 contact.closed reason eva
