Where waiting earns a head start, a patient contact overtakes an urgent one at its moment, and not before.
Aging: in its first two minutes the patient queue earns a second for each second.

plan one:
  queue patient aging 2min:2min
  queue urgent head-start 90s
  agent ana takes voice:1
  agent ben takes voice:1
  | 0:00 plan.activated plan one

at 0:00 c1 calls for patient → #1
  | 0:00 #1 contact.received voice c1 queue patient until +7d agents (signed-out 2)
at 0:31 c2, c3 call for urgent → #2, #3
  | 0:31 #2 contact.received voice c2 queue urgent until +7d agents (signed-out 2)
  | 0:31 #3 contact.received voice c3 queue urgent until +7d agents (signed-out 2)

> At 0:58 #1 counts as come 58 s before the beginning, and #2 as 59 s before (0:31 less 1:30): urgent goes first.

at 0:58 ben signs in
  | 0:58 agent.connected ben session 1
  | 0:58 agent.status ben available
  | 0:58 #2 offer.made ben until +0:20
  |      why search contact, load 0, idle 0, waited 0:27, head-start 1:30, behind 2, named (ana signed-out)

> Two seconds later it is 60 s against 59: now #1 goes before #3.

at 1:00 ana signs in
  | 1:00 agent.connected ana session 2
  | 1:00 agent.status ana available
  | 1:00 #1 offer.made ana until +0:20
  |      why search contact, load 0, idle 0, waited 1:00, behind 1, named (ben capacity)
