A call transferred to a queue waits there at the place of its arrival, and never comes back to whom it should not.
Blind transfer: the customer has waited once, and does not start again at the end.

plan one:
  queue support
  queue law skills law
  agent ana skills law takes voice:1
  agent ben skills law takes voice:1
  agent eva takes voice:1
  | 0:00 plan.activated plan one

at 0:00 eva signs in
  | 0:00 agent.connected eva session 1
  | 0:00 agent.status eva available
at 0:10 c1 calls → #1
  | 0:10 #1 contact.received voice c1 queue support until +7d agents (signed-out 2, later-in-order 1)
  | 0:10 #1 offer.made eva until +0:20
  |      why search agent, load 0, idle 0:10, waited 0, named (ana signed-out, ben signed-out)
at 0:12 eva accepts #1
  | 0:12 #1 offer.ended offer eva@0:10 accepted until +12:00:00
at 0:20 c2 calls for law → #2
  | 0:20 #2 contact.received voice c2 queue law until +7d agents (skill 1, signed-out 2)
at 1:00 ana signs in
  | 1:00 agent.connected ana session 2
  | 1:00 agent.status ana available
  | 1:00 #2 offer.made ana until +0:20
  |      why search contact, load 0, idle 0, waited 0:40, named (ben signed-out, eva skill)
at 1:05 ana accepts #2
  | 1:05 #2 offer.ended offer ana@1:00 accepted until +12:00:00
at 1:10 c3 calls for law → #3
  | 1:10 #3 contact.received voice c3 queue law until +7d agents (skill 1, signed-out 1, capacity 1)
at 1:20 eva transfers #1 to queue law
  | 1:20 #1 contact.requeued eva queue law until +1:00 expires-at +7d

> Ben comes: #1 arrived before #3, and is his. He sends it on and will not have it again.

at 2:00 ben signs in
  | 2:00 agent.connected ben session 3
  | 2:00 agent.status ben available
  | 2:00 #1 offer.made ben until +0:20
  |      why search contact, load 0, idle 0, waited 1:50, behind 1, named (ana capacity, eva skill)
at 2:05 ben accepts #1
  | 2:05 #1 offer.ended offer ben@2:00 accepted until +12:00:00
at 3:00 ben transfers #1 to queue support never-again
  | 3:00 #1 contact.requeued ben queue support expires-at +7d
  | 3:00 #1 offer.made eva until +0:20
  |      why search agent, load 0, idle 1:40, waited 2:50, named (ana capacity, ben excluded)
  | 3:00 #3 offer.made ben until +0:20
  |      why search agent, load 0, idle 0, waited 1:50, named (ana capacity, eva skill)
at 3:05 eva rejects #1
  | 3:05 #1 offer.ended offer eva@3:00 rejected until +1:00
at 3:06 ben accepts #3
  | 3:06 #3 offer.ended offer ben@3:00 accepted until +12:00:00
