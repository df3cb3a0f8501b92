An agent whose offer ended in any way is never left reserved: the next contact finds that agent.
Keeps out row 7, signalwire/freeswitch#2540: an agent stayed Reserved for ever when another won the race.

plan one:
  queue support offer 20s
  agent ana takes voice:1
  agent ben takes voice:1
  | 0:00 plan.activated plan one

at 0:00 ana, ben sign in
  | 0:00 agent.connected ana session 1
  | 0:00 agent.status ana available
  | 0:00 agent.connected ben session 2
  | 0:00 agent.status ben available
at 0:10 c1 calls → #1
  | 0:10 #1 contact.received voice c1 queue support until +7d agents (later-in-order 2)
  | 0:10 #1 offer.made ana until +0:20
  |      why search agent, load 0, idle 0:10, waited 0, named (ben later-in-order)

> Ana does not pick up; ben is asked, and takes the call at the very second at which ana answers too late.

time passes to 0:30
  | 0:30 #1 offer.ended offer ana@0:10 timed-out
  | 0:30 agent.status ana not-ready reason no-answer
  | 0:30 #1 offer.made ben until +0:20
  |      why search agent, load 0, idle 0:30, waited 0:20, named (ana not-ready)
at 0:35 ben accepts #1
  | 0:35 #1 offer.ended offer ben@0:30 accepted until +12:00:00
at 0:35 ana accepts #1
  | refused offer-over: offer ana@0:10 is over

> Ana lost the race. She is free, says so, and the next call is hers.

at 0:40 ana is available
  | 0:40 agent.status ana available
at 0:50 c2 calls → #2
  | 0:50 #2 contact.received voice c2 queue support until +7d agents (capacity 1, later-in-order 1)
  | 0:50 #2 offer.made ana until +0:20
  |      why search agent, load 0, idle 0:10, waited 0, named (ben capacity)
at 0:55 ana accepts #2
  | 0:55 #2 offer.ended offer ana@0:50 accepted until +12:00:00
