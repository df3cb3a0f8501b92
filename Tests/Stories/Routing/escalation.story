What is too hard goes to level two at its old place, or to a vendor until a limit; it comes back to its place and not to the end.
Nothing that left the house is forgotten there.

plan one:
  queue support escalates to experts
  queue experts skills expert escalates vendor acme
  timers vendor 1h
  agent ana takes voice:1
  agent eva skills expert takes voice:1
  | 0:00 plan.activated plan one

at 0:00 ana signs in
  | 0:00 agent.connected ana session 1
  | 0:00 agent.status ana available
at 0:10 c1 calls → #1
  | 0:10 #1 contact.received voice c1 queue support until +7d agents (signed-out 1, later-in-order 1)
  | 0:10 #1 offer.made ana until +0:20
  |      why search agent, load 0, idle 0:10, waited 0, named (eva signed-out)
at 0:12 ana accepts #1
  | 0:12 #1 offer.ended offer ana@0:10 accepted until +12:00:00
at 0:30 c2 calls for experts → #2
  | 0:30 #2 contact.received voice c2 queue experts until +7d agents (skill 1, signed-out 1)
at 1:00 ana escalates #1
  | 1:00 #1 contact.moved from support to experts reason escalated by ana level 1 until +7d
at 1:10 eva signs in
  | 1:10 agent.connected eva session 2
  | 1:10 agent.status eva available
  | 1:10 #1 offer.made eva until +0:20
  |      why search contact, load 0, idle 0, waited 1:00, behind 1, named (ana skill)
at 1:12 eva accepts #1
  | 1:12 #1 offer.ended offer eva@1:10 accepted until +12:00:00

> The experts do not know either. While the vendor has it, eva works on.

at 2:00 eva escalates #1
  | 2:00 #1 contact.escalated vendor acme eva until +1:00:00
  | 2:00 #2 offer.made eva until +0:20
  |      why search contact, load 0, idle 0, waited 1:30, named (ana skill)
at 2:05 eva accepts #2
  | 2:05 #2 offer.ended offer eva@2:00 accepted until +12:00:00

> The vendor never answers. After the hour #1 waits again, at its old place before #3.

at 30:00 c3 calls for experts → #3
  | 30:00 #3 contact.received voice c3 queue experts until +7d agents (skill 1, capacity 1)
time passes to 1:02:00
  | 1:02:00 #1 contact.returned reason limit until +7d
at 1:03:00 eva closes #2
  | 1:03:00 #2 contact.closed reason eva
  | 1:03:00 #1 offer.made eva until +0:20
  |         why search contact, load 0, idle 0, waited 1:02:50, behind 1, named (ana skill)
at 1:03:05 eva accepts #1
  | 1:03:05 #1 offer.ended offer eva@1:03:00 accepted until +12:00:00
at 1:04:00 eva escalates #1
  | 1:04:00 #1 contact.escalated vendor acme eva until +1:00:00
  | 1:04:00 #3 offer.made eva until +0:20
  |         why search contact, load 0, idle 0, waited 34:00, named (ana skill)
at 1:04:10 eva accepts #3
  | 1:04:10 #3 offer.ended offer eva@1:04:00 accepted until +12:00:00
at 1:10:00 the vendor returns #1
  | 1:10:00 #1 contact.returned reason vendor until +7d
at 1:11:00 eva closes #3
  | 1:11:00 #3 contact.closed reason eva
  | 1:11:00 #1 offer.made eva until +0:20
  |         why search contact, load 0, idle 0, waited 1:10:50, named (ana skill)
