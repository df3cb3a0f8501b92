Who comes when a queue is closed goes where somebody is there, or is refused before being accepted, as the plan says.
Nobody is accepted only to wait for a door that stays shut.

Begins Fri 2026-01-09 16:59 in Europe/Berlin.

plan one:
  calendar berlin Europe/Berlin mon-fri 09:00-17:00
  calendar new-york America/New_York mon-fri 09:00-17:00
  queue europe hours berlin when-closed go america
  queue america hours new-york when-closed refuse
  agent ana takes voice:1 hours berlin
  agent bob takes voice:1 hours new-york
  | Fri 2026-01-09 16:59 plan.activated plan one
  | Fri 2026-01-09 16:59 hours.changed calendar berlin is-open yes until +1:00
  | Fri 2026-01-09 16:59 hours.changed calendar new-york is-open yes until Fri 2026-01-09 23:00

at Fri 2026-01-09 16:59 ana, bob sign in
  | Fri 2026-01-09 16:59 agent.connected ana session 1
  | Fri 2026-01-09 16:59 agent.status ana available
  | Fri 2026-01-09 16:59 agent.connected bob session 2
  | Fri 2026-01-09 16:59 agent.status bob available
at Fri 2026-01-09 16:59:50 c1 calls for europe → #1
  | Fri 2026-01-09 16:59:50 #1 contact.received voice c1 queue europe until Fri 2026-01-16 16:59:50 agents (later-in-order 2)
  | Fri 2026-01-09 16:59:50 #1 offer.made ana until +0:20
  |                         why search agent, load 0, idle 0:50, waited 0, named (bob later-in-order)
at Fri 2026-01-09 17:00:05 ana accepts #1
  | Fri 2026-01-09 17:00 hours.changed calendar berlin is-open no until Mon 2026-01-12 09:00
  | Fri 2026-01-09 17:00:05 #1 offer.ended offer ana@Fri-2026-01-09-16:59:50 accepted until Sat 2026-01-10 05:00:05
at Fri 2026-01-09 17:10 c2 calls for europe → #2
  | Fri 2026-01-09 17:10 #2 contact.received voice c2 queue america until Fri 2026-01-16 17:10 via ["europe: closed → america"] agents (off-hours 1, later-in-order 1)
  | Fri 2026-01-09 17:10 #2 offer.made bob until +0:20
  |                      why search agent, load 0, idle 11:00, waited 0, named (ana off-hours)
at Fri 2026-01-09 17:10:10 bob accepts #2
  | Fri 2026-01-09 17:10:10 #2 offer.ended offer bob@Fri-2026-01-09-17:10 accepted until Sat 2026-01-10 05:10:10
at Fri 2026-01-09 17:20 ana closes #1
  | Fri 2026-01-09 17:20 #1 contact.closed reason ana
at Fri 2026-01-09 17:30 bob closes #2
  | Fri 2026-01-09 17:30 #2 contact.closed reason bob
at Sat 2026-01-10 10:00 c3 calls for europe
  | Fri 2026-01-09 23:00 hours.changed calendar new-york is-open no until Mon 2026-01-12 15:00
  | refused queue-closed: queue america is closed; try again when it opens
time passes to Mon 2026-01-12 09:00
  | Mon 2026-01-12 09:00 hours.changed calendar berlin is-open yes until Mon 2026-01-12 17:00
at Mon 2026-01-12 09:05 c4 calls for europe → #4
  | Mon 2026-01-12 09:05 #4 contact.received voice c4 queue europe until Mon 2026-01-19 09:05 agents (off-hours 1, later-in-order 1)
  | Mon 2026-01-12 09:05 #4 offer.made ana until +0:20
  |                      why search agent, load 0, idle 2d+15:45:00, waited 0, named (bob off-hours)
