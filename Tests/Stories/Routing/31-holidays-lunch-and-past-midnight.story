Opening hours know a lunch break, a holiday and a shift past midnight; what waits is offered at the second they open.
Keeps out row 31, chatwoot/chatwoot#6467, #10436, #14009 and #5254: no holidays, one interval a day, none past midnight.

Begins Thu 2026-12-24 11:58 in Europe/Berlin.

plan one:
  calendar office Europe/Berlin mon-fri 08:00-12:00,13:00-17:00
  holiday office 2026-12-25 Christmas
  calendar night Europe/Berlin mon-sun 22:00-03:00
  queue support hours office
  queue emergency hours night
  agent ana takes voice:1
  | Thu 2026-12-24 11:58 plan.activated plan one
  | Thu 2026-12-24 11:58 hours.changed calendar office is-open yes until +2:00
  | Thu 2026-12-24 11:58 hours.changed calendar night is-open no until Thu 2026-12-24 22:00

at Thu 2026-12-24 11:58 ana signs in
  | Thu 2026-12-24 11:58 agent.connected ana session 1
  | Thu 2026-12-24 11:58 agent.status ana available
at Thu 2026-12-24 11:59 c1 calls → #1
  | Thu 2026-12-24 11:59 #1 contact.received voice c1 queue support until Thu 2026-12-31 11:59 agents (later-in-order 1)
  | Thu 2026-12-24 11:59 #1 offer.made ana until +0:20
  |                      why search agent, load 0, idle 1:00, waited 0, dropped none
at Thu 2026-12-24 11:59:10 ana accepts #1
  | Thu 2026-12-24 11:59:10 #1 offer.ended offer ana@Thu-2026-12-24-11:59 accepted until Thu 2026-12-24 23:59:10

> Lunch: a call that goes on goes on, and a new one waits though ana is free.

at Thu 2026-12-24 12:10 c2 calls → #2
  | Thu 2026-12-24 12:00 hours.changed calendar office is-open no until Thu 2026-12-24 13:00
  | Thu 2026-12-24 12:10 #2 contact.received voice c2 queue support until Thu 2026-12-31 12:10 agents (closed 1)
at Thu 2026-12-24 12:20 ana closes #1
  | Thu 2026-12-24 12:20 #1 contact.closed reason ana
time passes to Thu 2026-12-24 12:59:59
  | nothing
time passes to Thu 2026-12-24 13:00
  | Thu 2026-12-24 13:00 hours.changed calendar office is-open yes until Thu 2026-12-24 17:00
  | Thu 2026-12-24 13:00 #2 offer.made ana until +0:20
  |                      why search agent, load 0, idle 40:00, waited 50:00, dropped none
at Thu 2026-12-24 13:00:10 ana accepts #2
  | Thu 2026-12-24 13:00:10 #2 offer.ended offer ana@Thu-2026-12-24-13:00 accepted until Fri 2026-12-25 01:00:10
at Thu 2026-12-24 13:30 ana closes #2
  | Thu 2026-12-24 13:30 #2 contact.closed reason ana

> The night shift begins on the 24th and ends on the 25th, holiday or not.

at Thu 2026-12-24 23:00 c3 calls for emergency → #3
  | Thu 2026-12-24 17:00 hours.changed calendar office is-open no until Mon 2026-12-28 08:00
  | Thu 2026-12-24 22:00 hours.changed calendar night is-open yes until Fri 2026-12-25 03:00
  | Thu 2026-12-24 23:00 #3 contact.received voice c3 queue emergency until Thu 2026-12-31 23:00 agents (later-in-order 1)
  | Thu 2026-12-24 23:00 #3 offer.made ana until +0:20
  |                      why search agent, load 0, idle 9:30:00, waited 0, dropped none
at Thu 2026-12-24 23:00:10 ana accepts #3
  | Thu 2026-12-24 23:00:10 #3 offer.ended offer ana@Thu-2026-12-24-23:00 accepted until Fri 2026-12-25 11:00:10
at Thu 2026-12-24 23:30 ana closes #3
  | Thu 2026-12-24 23:30 #3 contact.closed reason ana
at Fri 2026-12-25 02:59:50 c4 calls for emergency → #4
  | Fri 2026-12-25 02:59:50 #4 contact.received voice c4 queue emergency until Fri 2027-01-01 02:59:50 agents (later-in-order 1)
  | Fri 2026-12-25 02:59:50 #4 offer.made ana until +0:20
  |                         why search agent, load 0, idle 3:29:50, waited 0, dropped none
at Fri 2026-12-25 02:59:55 ana accepts #4
  | Fri 2026-12-25 02:59:55 #4 offer.ended offer ana@Fri-2026-12-25-02:59:50 accepted until Fri 2026-12-25 14:59:55
at Fri 2026-12-25 03:10 ana closes #4
  | Fri 2026-12-25 03:00 hours.changed calendar night is-open no until Fri 2026-12-25 22:00
  | Fri 2026-12-25 03:10 #4 contact.closed reason ana

> Christmas is a Friday. Who calls then waits until Monday, at the place of that call.

at Fri 2026-12-25 10:00 c5 calls → #5
  | Fri 2026-12-25 10:00 #5 contact.received voice c5 queue support until Fri 2027-01-01 10:00 agents (closed 1)
time passes to Sun 2026-12-27 12:00
  | Fri 2026-12-25 22:00 hours.changed calendar night is-open yes until Sat 2026-12-26 03:00
  | Sat 2026-12-26 03:00 hours.changed calendar night is-open no until Sat 2026-12-26 22:00
  | Sat 2026-12-26 22:00 hours.changed calendar night is-open yes until Sun 2026-12-27 03:00
  | Sun 2026-12-27 03:00 hours.changed calendar night is-open no until Sun 2026-12-27 22:00
at Mon 2026-12-28 07:59 c6 calls → #6
  | Sun 2026-12-27 22:00 hours.changed calendar night is-open yes until Mon 2026-12-28 03:00
  | Mon 2026-12-28 03:00 hours.changed calendar night is-open no until Mon 2026-12-28 22:00
  | Mon 2026-12-28 07:59 #6 contact.received voice c6 queue support until Mon 2027-01-04 07:59 agents (closed 1)
time passes to Mon 2026-12-28 08:00
  | Mon 2026-12-28 08:00 hours.changed calendar office is-open yes until Mon 2026-12-28 12:00
  | Mon 2026-12-28 08:00 #5 offer.made ana until +0:20
  |                      why search agent, load 0, idle 3d+4:50:00, waited 2d+22:00:00, dropped none
