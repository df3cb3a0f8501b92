An agent of the outer ring serves an urgent queue only when its ring opens, and works for others until then.
Keeps out row 6, asterisk/asterisk#1561: by weight and penalty a free agent served nobody until a heavier queue was empty.

plan one:
  queue heavy band 5 skills law:3
  ring after 30s skills law:1
  queue light skills german
  agent ana skills law:1,german takes voice:1
  agent ben skills law:1,german takes voice:1
  | 0:00 plan.activated plan one

at 0:00 c1, c2 call for heavy → #1, #2
  | 0:00 #1 contact.received voice c1 queue heavy until +7d agents (ring 2)
  | 0:00 #2 contact.received voice c2 queue heavy until +7d agents (ring 2)
at 0:05 c3 calls for light → #3
  | 0:05 #3 contact.received voice c3 queue light until +7d agents (signed-out 2)

> Ana's ring of heavy is not open yet: she serves the light queue at once.

at 0:10 ana signs in
  | 0:10 agent.connected ana session 1
  | 0:10 agent.status ana available
  | 0:10 #3 offer.made ana until +0:20
  |      why search contact, load 0, idle 0, waited 0:05, named (ben signed-out)
at 0:12 ana accepts #3
  | 0:12 #3 offer.ended offer ana@0:10 accepted until +12:00:00

> At 0:30 the ring opens, and ben, free since 0:20, is found without anybody doing anything.

at 0:20 ben signs in
  | 0:20 agent.connected ben session 2
  | 0:20 agent.status ben available
time passes to 0:29
  | nothing
time passes to 0:30
  | 0:30 #1 offer.made ben until +0:20
  |      why search agent, load 0, idle 0:10, waited 0:30, ring 1, named (ana capacity)
