What an agent who went home still holds goes to others, at its old place and ahead of newer contacts.
Keeps out row 22, chatwoot/chatwoot#7204, #4158 and #9587: contacts stayed with, or returned to, an agent who went home.

plan one:
  queue support
  timers reconnect 30s reclaim 5min
  agent ana takes sms:2
  agent ben takes sms:1
  | 0:00 plan.activated plan one

at 0:00 ana signs in
  | 0:00 agent.connected ana session 1
  | 0:00 agent.status ana available
at 0:10 c1, c2 text → #1, #2
  | 0:10 #1 contact.received sms c1 queue support until +7d agents (signed-out 1, later-in-order 1)
  | 0:10 #1 offer.made ana until +0:20
  |      why search agent, load 0, idle 0:10, waited 0, named (ben signed-out)
  | 0:10 #2 contact.received sms c2 queue support until +7d agents (signed-out 1, later-in-order 1)
  | 0:10 #2 offer.made ana until +0:20
  |      why search agent, load 1, idle 0:10, waited 0, named (ben signed-out)
at 0:15 ana accepts #1
  | 0:15 #1 offer.ended offer ana@0:10 accepted until +12:00:00

> Signing out is not a way to leave customers behind.

at 0:16 ana signs out
  | refused holds-contacts: 2 contacts are still yours; finish or requeue them first

> Her connection breaks. #2 stops ringing at its own limit; #1, in a conversation, waits five minutes for her from 0:50 on.

at 0:20 ana loses connection
  | 0:20 agent.lost ana session 1 until +0:30
at 0:50 ben signs in
  | 0:30 #2 offer.ended offer ana@0:10 timed-out
  | 0:50 agent.signedOut ana reason "connection lost" until +5:00
  | 0:50 agent.connected ben session 2
  | 0:50 agent.status ben available
  | 0:50 #2 offer.made ben until +0:20
  |      why search contact, load 0, idle 0, waited 0:40, named (ana signed-out)
at 0:55 ben accepts #2
  | 0:55 #2 offer.ended offer ben@0:50 accepted until +12:00:00
at 5:00 ben closes #2
  | 5:00 #2 contact.closed reason ben
at 5:10 c3 texts → #3
  | 5:10 #3 contact.received sms c3 queue support until +7d agents (signed-out 1, later-in-order 1)
  | 5:10 #3 offer.made ben until +0:20
  |      why search agent, load 0, idle 0:10, waited 0, named (ana signed-out)
at 5:15 ben accepts #3
  | 5:15 #3 offer.ended offer ben@5:10 accepted until +12:00:00
at 5:20 c4 texts → #4
  | 5:20 #4 contact.received sms c4 queue support until +7d agents (signed-out 1, capacity 1)
time passes to 5:49
  | nothing
time passes to 5:50
  | 5:50 #1 contact.released ana reason "agent is gone"
at 6:00 ben closes #3
  | 6:00 #3 contact.closed reason ben
  | 6:00 #1 offer.made ben until +0:20
  |      why search contact, load 0, idle 0, waited 5:50, behind 1, named (ana signed-out)

> Later messages go where the contact is now: nobody is called back from home.

at 6:05 c1 texts
  | 6:05 #1 contact.message
at 6:10 ben accepts #1
  | 6:10 #1 offer.ended offer ben@6:00 accepted until +12:00:00
at 6:15 ana signs in
  | 6:15 agent.connected ana session 3
  | 6:15 agent.status ana available
  | 6:15 #4 offer.made ana until +0:20
  |      why search contact, load 0, idle 0, waited 0:55, named (ben capacity)
at 6:20 c1 texts
  | 6:20 #1 contact.message until +12:00:00
