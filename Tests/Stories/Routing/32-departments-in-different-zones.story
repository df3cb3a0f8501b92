Each department opens by the clocks of its own place, also while one has changed them and the other has not yet.
Keeps out row 32, RocketChat/feature-requests#193: departments in different time zones, and one zone for all of them.

Begins Fri 2026-03-27 13:59 in Europe/Berlin.

plan one:
  calendar berlin Europe/Berlin mon-fri 09:00-17:00
  calendar new-york America/New_York mon-fri 09:00-17:00
  queue europe hours berlin
  queue america hours new-york
  agent ana takes voice:1
  agent bob takes voice:1
  | Fri 2026-03-27 13:59 plan.activated plan one
  | Fri 2026-03-27 13:59 hours.changed calendar berlin is-open yes until Fri 2026-03-27 17:00
  | Fri 2026-03-27 13:59 hours.changed calendar new-york is-open no until +1:00

at Fri 2026-03-27 13:59 bob signs in
  | Fri 2026-03-27 13:59 agent.connected bob session 1
  | Fri 2026-03-27 13:59 agent.status bob available
at Fri 2026-03-27 13:59:30 c1 calls for america → #1
  | Fri 2026-03-27 13:59:30 #1 contact.received voice c1 queue america until Fri 2026-04-03 14:59:30 agents (closed 2)

> America changed its clocks on the 8th: 9:00 in New York is 14:00 in Berlin, and not 15:00. Europe is open and not concerned.

time passes to Fri 2026-03-27 14:00
  | Fri 2026-03-27 14:00 hours.changed calendar new-york is-open yes until Fri 2026-03-27 22:00
  | Fri 2026-03-27 14:00 #1 offer.made bob until +0:20
  |                      why search agent, load 0, idle 1:00, waited 0:30, named (ana signed-out)
at Fri 2026-03-27 14:00:05 bob accepts #1
  | Fri 2026-03-27 14:00:05 #1 offer.ended offer bob@Fri-2026-03-27-14:00 accepted until Sat 2026-03-28 02:00:05
at Fri 2026-03-27 14:10 bob closes #1
  | Fri 2026-03-27 14:10 #1 contact.closed reason bob

> On Sunday Berlin changes, too: the next working day begins there at the same time of day, and in New York at 15:00.

at Mon 2026-03-30 14:30 c2 calls for america → #2
  | Fri 2026-03-27 17:00 hours.changed calendar berlin is-open no until Mon 2026-03-30 09:00
  | Fri 2026-03-27 22:00 hours.changed calendar new-york is-open no until Mon 2026-03-30 15:00
  | Mon 2026-03-30 09:00 hours.changed calendar berlin is-open yes until Mon 2026-03-30 17:00
  | Mon 2026-03-30 14:30 #2 contact.received voice c2 queue america until Mon 2026-04-06 14:30 agents (closed 2)
time passes to Mon 2026-03-30 14:59:59
  | nothing
time passes to Mon 2026-03-30 15:00
  | Mon 2026-03-30 15:00 hours.changed calendar new-york is-open yes until Mon 2026-03-30 23:00
  | Mon 2026-03-30 15:00 #2 offer.made bob until +0:20
  |                      why search agent, load 0, idle 2d+23:50:00, waited 30:00, named (ana signed-out)
