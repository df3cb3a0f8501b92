A supervisor can send a contact elsewhere or to somebody, and end an agent's day; whoever had it is told by the facts.
Nobody has to restart anything to get one customer served.

plan one:
  queue support wait-for-preferred 2min
  queue sales skills sales
  agent ana takes voice:1
  agent ben skills sales takes voice:1
  | 0:00 plan.activated plan one

at 0:00 ana signs in
  | 0:00 agent.connected ana session 1
  | 0:00 agent.status ana available
at 0:10 c1, c2 call → #1, #2
  | 0:10 #1 contact.received voice c1 queue support until +7d agents (signed-out 1, later-in-order 1)
  | 0:10 #1 offer.made ana until +0:20
  |      why search agent, load 0, idle 0:10, waited 0, named (ben signed-out)
  | 0:10 #2 contact.received voice c2 queue support until +7d agents (signed-out 1, capacity 1)
at 0:12 ana accepts #1
  | 0:12 #1 offer.ended offer ana@0:10 accepted until +12:00:00
at 0:30 the supervisor moves #2 to sales
  | 0:30 #2 contact.moved from support to sales reason supervisor by sue until +6d+23:59:40
at 0:40 ben signs in
  | 0:40 agent.connected ben session 2
  | 0:40 agent.status ben available
  | 0:40 #2 offer.made ben until +0:20
  |      why search contact, load 0, idle 0, waited 0:30, named (ana skill)
at 0:45 ben accepts #2
  | 0:45 #2 offer.ended offer ben@0:40 accepted until +12:00:00
at 1:00 the supervisor assigns #1 to ben
  | 1:00 #1 contact.released ana reason "assigned by sue"
  | 1:00 #1 contact.assigned preferred-agent ben preferred-until +2:00 by sue

> Ana has nothing now, and #1 waits for ben.

at 2:00 ben closes #2
  | 2:00 #2 contact.closed reason ben
  | 2:00 #1 offer.made ben until +0:20
  |      why search contact, load 0, idle 0, waited 1:50, preferred yes, named (ana preferred)
at 2:05 ben accepts #1
  | 2:05 #1 offer.ended offer ben@2:00 accepted until +12:00:00
at 3:00 the supervisor makes ana not ready: meeting
  | 3:00 agent.status ana not-ready reason meeting
at 4:00 the supervisor signs ben out
  | 4:00 #1 contact.released ben reason "signed out by sue"
  | 4:00 agent.signedOut ben reason "signed out by sue"

> What ben had goes back to its place, and waits for somebody.

at 5:00 ana is available
  | 5:00 agent.status ana available
  | 5:00 #1 offer.made ana until +0:20
  |      why search contact, load 0, idle 0, waited 4:50, named (ben signed-out)
