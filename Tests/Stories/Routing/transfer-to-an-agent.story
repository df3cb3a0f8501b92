A call transferred to an agent waits for that agent alone for as long as the queue allows, and then for anybody.
Nobody is lost behind a colleague who does not come back.

plan one:
  queue support wait-for-preferred 1min offer 20s
  agent ana takes voice:1
  agent ben takes voice:1
  agent eva takes voice:1
  | 0:00 plan.activated plan one

at 0:00 ana, ben sign in
  | 0:00 agent.connected ana session 1
  | 0:00 agent.status ana available
  | 0:00 agent.connected ben session 2
  | 0:00 agent.status ben available
at 0:10 c1, c2 call → #1, #2
  | 0:10 #1 contact.received voice c1 queue support until +7d agents (signed-out 1, later-in-order 2)
  | 0:10 #1 offer.made ana until +0:20
  |      why search agent, load 0, idle 0:10, waited 0, named (ben later-in-order, eva signed-out)
  | 0:10 #2 contact.received voice c2 queue support until +7d agents (signed-out 1, capacity 1, later-in-order 1)
  | 0:10 #2 offer.made ben until +0:20
  |      why search agent, load 0, idle 0:10, waited 0, named (ana capacity, eva signed-out)
at 0:12 ana accepts #1
  | 0:12 #1 offer.ended offer ana@0:10 accepted until +12:00:00
at 0:12 ben accepts #2
  | 0:12 #2 offer.ended offer ben@0:10 accepted until +12:00:00

> Ben speaks. Eva is free and may not take it before the minute is over.

at 1:00 ana transfers #1 to ben
  | 1:00 #1 contact.requeued ana queue support until +1:00 preferred-agent ben preferred-until +1:00
at 1:05 ana is not ready: coffee
  | 1:05 agent.status ana not-ready reason coffee
at 1:10 eva signs in
  | 1:10 agent.connected eva session 3
  | 1:10 agent.status eva available
time passes to 1:59
  | nothing
time passes to 2:00
  | 2:00 #1 offer.made eva until +0:20
  |      why search agent, load 0, idle 0:50, waited 1:50, named (ana not-ready, ben capacity)
at 2:05 eva accepts #1
  | 2:05 #1 offer.ended offer eva@2:00 accepted until +12:00:00

> To somebody who is not there it cannot be transferred, nor to whom has it.

at 3:00 eva transfers #1 to kim
  | refused unknown-agent: the plan has no agent kim
at 3:01 eva transfers #1 to eva
  | refused same-agent: eva has this contact or was asked in already
at 3:05 ben transfers #1 to ana
  | refused not-yours: interaction #1 is not yours; eva has it
