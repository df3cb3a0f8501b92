Who writes again while the agent is still wrapping up goes on with that agent, in the same conversation.
Nobody has to tell the story twice, and the limit of the old wrap-up no longer counts.

plan one:
  queue support wrap-up 2min
  agent ana takes sms:1
  agent ben takes sms:1
  | 0:00 plan.activated plan one

at 0:00 ana, ben sign in
  | 0:00 agent.connected ana session 1
  | 0:00 agent.status ana available
  | 0:00 agent.connected ben session 2
  | 0:00 agent.status ben available
at 0:10 carl texts → #1
  | 0:10 #1 contact.received sms carl queue support until +7d agents (later-in-order 2)
  | 0:10 #1 offer.made ana until +0:20
  |      why search agent, load 0, idle 0:10, waited 0, named (ben later-in-order)
at 0:12 ana accepts #1
  | 0:12 #1 offer.ended offer ana@0:10 accepted until +12:00:00
at 1:00 ana wraps up #1
  | 1:00 #1 contact.wrapup reason agent until +2:00
at 1:30 carl texts
  | 1:30 #1 contact.message until +12:00:00
time passes to 3:30
  | nothing
at 4:00 ana closes #1
  | 4:00 #1 contact.closed reason ana
at 4:30 carl texts → #2
  | 4:30 #2 contact.received sms carl queue support until +7d agents (later-in-order 2)
  | 4:30 #2 offer.made ben until +0:20
  |      why search agent, load 0, idle 4:30, waited 0, named (ana later-in-order)
