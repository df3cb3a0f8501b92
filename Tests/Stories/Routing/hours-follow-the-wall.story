Opening hours go by the clock on the wall: when somebody sets it, doors open and close at once, and no other limit moves.
A restart remembers what is open, and what the difference to the wall is.

Begins Tue 2026-05-05 16:30 in Europe/Berlin.

plan one:
  calendar office Europe/Berlin mon-fri 08:00-17:00
  queue support hours office offer 1min
  agent ana takes voice:1
  agent ben takes voice:1
  | Tue 2026-05-05 16:30 plan.activated plan one
  | Tue 2026-05-05 16:30 hours.changed calendar office is-open yes until +30:00

at Tue 2026-05-05 16:30 ana signs in
  | Tue 2026-05-05 16:30 agent.connected ana session 1
  | Tue 2026-05-05 16:30 agent.status ana available
at Tue 2026-05-05 16:31 c1 calls → #1
  | Tue 2026-05-05 16:31 #1 contact.received voice c1 queue support until Tue 2026-05-12 16:31 agents (signed-out 1, later-in-order 1)
  | Tue 2026-05-05 16:31 #1 offer.made ana until +1:00
  |                      why search agent, load 0, idle 1:00, waited 0, named (ben signed-out)
at Tue 2026-05-05 16:31:10 the wall clock moves +1h
  | Tue 2026-05-05 16:31:10 site.clock wall-offset 1:00:00
  | Tue 2026-05-05 16:31:10 hours.changed calendar office is-open no until Wed 2026-05-06 07:00

> It is 17:31 on the wall. What rings goes on ringing; nothing new is offered.

at Tue 2026-05-05 16:31:20 ana accepts #1
  | Tue 2026-05-05 16:31:20 #1 offer.ended offer ana@Tue-2026-05-05-16:31 accepted until Wed 2026-05-06 04:31:20
at Tue 2026-05-05 16:31:30 ben signs in
  | Tue 2026-05-05 16:31:30 agent.connected ben session 2
  | Tue 2026-05-05 16:31:30 agent.status ben available
at Tue 2026-05-05 16:31:40 c2 calls → #2
  | Tue 2026-05-05 16:31:40 #2 contact.received voice c2 queue support until Tue 2026-05-12 16:31:40 agents (closed 2)
at Tue 2026-05-05 16:32 the router restarts
  | Tue 2026-05-05 16:32 site.started epoch 2 release story wall-offset 1:00:00
  | Tue 2026-05-05 16:32 agent.lost ana session 1 until +0:30
  | Tue 2026-05-05 16:32 agent.lost ben session 2 until +0:30
at Tue 2026-05-05 16:32:10 ana, ben reconnect
  | Tue 2026-05-05 16:32:10 agent.connected ana session 3
  | Tue 2026-05-05 16:32:10 agent.connected ben session 4
at Tue 2026-05-05 16:33 the wall clock moves -1h
  | Tue 2026-05-05 16:33 site.clock wall-offset 0
  | Tue 2026-05-05 16:33 hours.changed calendar office is-open yes until +27:00
  | Tue 2026-05-05 16:33 #2 offer.made ben until +1:00
  |                      why search agent, load 0, idle 1:30, waited 1:20, named (ana capacity)
at Tue 2026-05-05 16:33:10 ben accepts #2
  | Tue 2026-05-05 16:33:10 #2 offer.ended offer ben@Tue-2026-05-05-16:33 accepted until Wed 2026-05-06 04:33:10
