A router that restarts knows who is at lunch, who waits since when, and what was ringing.
Keeps out row 29, asterisk/asterisk#66, signalwire/freeswitch PR#39 and roramirez/qpanel#113: restart or reload lost pause reasons, agent status and statistics.

plan one:
  queue support offer 20s
  timers reconnect 30s
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
at 0:05 ben is not ready: lunch
  | 0:05 agent.status ben not-ready reason lunch
at 0:10 c1, c2, c3 call → #1, #2, #3
  | 0:10 #1 contact.received voice c1 queue support until +7d agents (not-ready 1, later-in-order 2)
  | 0:10 #1 offer.made ana until +0:20
  |      why search agent, load 0, idle 0:10, waited 0, named (ben not-ready, eva later-in-order)
  | 0:10 #2 contact.received voice c2 queue support until +7d agents (not-ready 1, capacity 1, later-in-order 1)
  | 0:10 #2 offer.made eva until +0:20
  |      why search agent, load 0, idle 0:10, waited 0, named (ana capacity, ben not-ready)
  | 0:10 #3 contact.received voice c3 queue support until +7d agents (not-ready 1, capacity 2)
at 0:12 ana accepts #1
  | 0:12 #1 offer.ended offer ana@0:10 accepted until +12:00:00
at 0:20 the router restarts
  | 0:20 site.started epoch 2 release story wall-offset 0
  | 0:20 agent.lost ana session 1 until +0:30
  | 0:20 agent.lost ben session 2 until +0:30
  | 0:20 agent.lost eva session 3 until +0:30

> Whoever reconnects within the grace has lost nothing: ana her call, eva her offer with what is left of its 20 s.

at 0:22 ana, ben, eva reconnect
  | 0:22 agent.connected ana session 4
  | 0:22 agent.connected ben session 5
  | 0:22 agent.connected eva session 6
at 0:24 eva accepts #2
  | 0:24 #2 offer.ended offer eva@0:10 accepted until +12:00:00

> Ben is still at lunch, and #3 still waits since 0:10.

at 5:00 ben is available
  | 5:00 agent.status ben available
  | 5:00 #3 offer.made ben until +0:20
  |      why search contact, load 0, idle 0, waited 4:50, named (ana capacity, eva capacity)
