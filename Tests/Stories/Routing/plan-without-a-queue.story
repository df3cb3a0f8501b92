Who waits in a queue that the new plan no longer has waits in its default queue, at the old place.
Deleting a queue loses nobody.

plan one:
  queue support
  queue sales skills sales
  agent ana takes voice:1
  | 0:00 plan.activated plan one

at 0:00 c1 calls for sales → #1
  | 0:00 #1 contact.received voice c1 queue sales until +7d agents (skill 1)
at 0:10 c2 calls for support → #2
  | 0:10 #2 contact.received voice c2 queue support until +7d agents (signed-out 1)
at 0:20 plan two:
  queue support
  agent ana takes voice:1
  | 0:20 plan.activated plan two
  | 0:20 #1 contact.moved from sales to support reason plan until +6d+23:59:40 plan-version two
at 0:30 ana signs in
  | 0:30 agent.connected ana session 1
  | 0:30 agent.status ana available
  | 0:30 #1 offer.made ana until +0:20 plan-version two
  |      why search contact, load 0, idle 0, waited 0:30, behind 1, dropped none
