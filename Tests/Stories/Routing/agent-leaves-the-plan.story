Whoever is no longer in the plan gives back what is held, whatever the part: ringing, talking, in wrap-up, or asked in.
Deleting an agent strands nobody.

plan one:
  queue support
  agent ana takes chat:4
  agent ben takes chat:4
  | 0:00 plan.activated plan one

at 0:00 ana signs in
  | 0:00 agent.connected ana session 1
  | 0:00 agent.status ana available
at 0:10 c1, c2, c3 chat → #1, #2, #3
  | 0:10 #1 contact.received chat c1 queue support until +7d agents (signed-out 1, later-in-order 1)
  | 0:10 #1 offer.made ana until +0:20
  |      why search agent, load 0, idle 0:10, waited 0, named (ben signed-out)
  | 0:10 #2 contact.received chat c2 queue support until +7d agents (signed-out 1, later-in-order 1)
  | 0:10 #2 offer.made ana until +0:20
  |      why search agent, load 1, idle 0:10, waited 0, named (ben signed-out)
  | 0:10 #3 contact.received chat c3 queue support until +7d agents (signed-out 1, later-in-order 1)
  | 0:10 #3 offer.made ana until +0:20
  |      why search agent, load 2, idle 0:10, waited 0, named (ben signed-out)
at 0:12 ana accepts #1
  | 0:12 #1 offer.ended offer ana@0:10 accepted until +12:00:00
at 0:12 ana accepts #2
  | 0:12 #2 offer.ended offer ana@0:10 accepted until +12:00:00
at 0:20 ana wraps up #2
  | 0:20 #2 contact.wrapup reason agent until +5:00
at 0:21 ben signs in
  | 0:21 agent.connected ben session 2
  | 0:21 agent.status ben available
at 0:22 c4 chats → #4
  | 0:22 #4 contact.received chat c4 queue support until +7d agents (later-in-order 2)
  | 0:22 #4 offer.made ben until +0:20
  |      why search agent, load 0, idle 0:01, waited 0, named (ana later-in-order)
at 0:23 ben accepts #4
  | 0:23 #4 offer.ended offer ben@0:22 accepted until +12:00:00
at 0:24 ben consults ana about #4
  | 0:24 #4 invite.made ana by ben until +0:20
at 0:25 plan two:
  queue support
  agent ben takes chat:4
  | 0:25 plan.activated plan two
  | 0:25 #1 contact.released ana reason "no longer in the plan"
  | 0:25 #2 contact.closed reason "no longer in the plan"
  | 0:25 #3 offer.ended offer ana@0:10 rescinded reason "no longer in the plan"
  | 0:25 #4 invite.ended offer ana@0:24 cancelled reason "no longer in the plan"
  | 0:25 agent.signedOut ana reason "no longer in the plan"
  | 0:25 #1 offer.made ben until +0:20 plan-version two
  |      why search agent, load 1, idle 0:02, waited 0:15, dropped none
  | 0:25 #3 offer.made ben until +0:20 plan-version two
  |      why search agent, load 2, idle 0:02, waited 0:15, dropped none
at 0:26 ana is available
  | refused unknown-agent: the plan has no agent ana
