A new plan changes what it says differently, and nothing else: places in line, statuses, what rings and who talks stay.
Keeps out row 27, asterisk/asterisk#1255: reloading the members reset a global option.

plan one:
  queue support offer 30s wrap-up 2min
  timers offer-again 3min
  agent ana takes voice:1
  agent ben takes voice:1
  agent eva takes voice:1
  | 0:00 plan.activated plan one

at 0:00 ana, ben, eva sign in
  | 0:00 agent.connected ana session 1
  | 0:00 agent.status ana available
  | 0:00 agent.connected ben session 2
  | 0:00 agent.status ben available
  | 0:00 agent.connected eva session 3
  | 0:00 agent.status eva available
at 0:05 eva is not ready: lunch
  | 0:05 agent.status eva not-ready reason lunch
at 0:10 c1, c2, c3 call → #1, #2, #3
  | 0:10 #1 contact.received voice c1 queue support until +7d agents (not-ready 1, later-in-order 2)
  | 0:10 #1 offer.made ana until +0:30
  |      why search agent, load 0, idle 0:10, waited 0, named (ben later-in-order, eva not-ready)
  | 0:10 #2 contact.received voice c2 queue support until +7d agents (not-ready 1, capacity 1, later-in-order 1)
  | 0:10 #2 offer.made ben until +0:30
  |      why search agent, load 0, idle 0:10, waited 0, named (ana capacity, eva not-ready)
  | 0:10 #3 contact.received voice c3 queue support until +7d agents (not-ready 1, capacity 2)
at 0:12 ana accepts #1
  | 0:12 #1 offer.ended offer ana@0:10 accepted until +12:00:00
at 0:14 ben rejects #2
  | 0:14 #2 offer.ended offer ben@0:10 rejected until +3:00
  | 0:14 #3 offer.made ben until +0:30
  |      why search agent, load 0, idle 0:14, waited 0:04, named (ana capacity, eva not-ready)

> Only a member comes: kim. Eva stays at lunch, #1 with ana, and ben's pause for #2 is what it was, three minutes.

at 1:00 plan two:
  queue support offer 30s wrap-up 2min
  timers offer-again 3min
  agent ana takes voice:1
  agent ben takes voice:1
  agent eva takes voice:1
  agent kim takes voice:1
  | 0:44 #3 offer.ended offer ben@0:14 timed-out
  | 0:44 agent.status ben not-ready reason no-answer
  | 1:00 plan.activated plan two

at 1:10 kim signs in
  | 1:10 agent.connected kim session 4
  | 1:10 agent.status kim available
  | 1:10 #2 offer.made kim until +0:30 plan-version two
  |      why search contact, load 0, idle 0, waited 1:00, behind 1, named (ana capacity, ben not-ready, eva not-ready)
at 1:12 kim rejects #2
  | 1:12 #2 offer.ended offer kim@1:10 rejected until +3:00
  | 1:12 #3 offer.made kim until +0:30 plan-version two
  |      why search agent, load 0, idle 0:02, waited 1:02, named (ana capacity, ben not-ready, eva not-ready)
at 1:20 eva is available
  | 1:20 agent.status eva available
  | 1:20 #2 offer.made eva until +0:30 plan-version two
  |      why search contact, load 0, idle 0, waited 1:10, named (ana capacity, ben not-ready, kim capacity)
at 1:25 eva accepts #2
  | 1:25 #2 offer.ended offer eva@1:20 accepted until +12:00:00
at 1:30 ana closes #1
  | 1:30 #1 contact.closed reason ana

> The same plan once more is no change at all.

at 1:40 plan two:
  queue support offer 30s wrap-up 2min
  timers offer-again 3min
  agent ana takes voice:1
  agent ben takes voice:1
  agent eva takes voice:1
  agent kim takes voice:1
  | nothing
