When the agent who has the contact drops out of a conference, a colleague who speaks in it has it; who is only consulted does not.
The customer never sits in a conversation that nobody owns.

plan one:
  queue support
  timers reconnect 30s reclaim 1min offer-again 1min
  agent ana takes voice:1
  agent ben takes voice:1
  agent eva takes voice:1
  | 0:00 plan.activated plan one

at 0:00 ana, ben, eva sign in
  | 0:00 agent.connected ana session 1
  | 0:00 agent.status ana available
  | 0:00 agent.connected ben session 2
  | 0:00 agent.status ben available
  | 0:00 agent.connected eva session 3
  | 0:00 agent.status eva available
at 0:10 c1 calls → #1
  | 0:10 #1 contact.received voice c1 queue support until +7d agents (later-in-order 3)
  | 0:10 #1 offer.made ana until +0:20
  |      why search agent, load 0, idle 0:10, waited 0, named (ben later-in-order, eva later-in-order)
at 0:12 ana accepts #1
  | 0:12 #1 offer.ended offer ana@0:10 accepted until +12:00:00
at 1:00 ana consults ben about #1
  | 1:00 #1 invite.made ben by ana until +0:20
at 1:05 ben accepts #1
  | 1:05 #1 invite.ended offer ben@1:00 accepted until +1:00:00
at 1:10 ana joins all in #1
  | 1:10 #1 guest.joined ben
at 1:20 ana consults eva about #1
  | 1:20 #1 invite.made eva by ana until +0:20
at 1:25 eva accepts #1
  | 1:25 #1 invite.ended offer eva@1:20 accepted until +1:00:00
at 2:00 ana loses connection
  | 2:00 agent.lost ana session 1 until +0:30
time passes to 2:30
  | 2:30 #1 guest.left eva reason "handed on"
  | 2:30 #1 contact.transferred from ana to ben reason "connection lost" until +12:00:00
  | 2:30 agent.signedOut ana reason "connection lost"
time passes to 3:30
  | nothing

> Ben has it, and eva, who was ana's to ask, is free. She is asked in again, and her connection breaks: she is out after the grace.

at 4:00 ben consults eva about #1
  | 4:00 #1 invite.made eva by ben until +0:20
at 4:05 eva accepts #1
  | 4:05 #1 invite.ended offer eva@4:00 accepted until +1:00:00
at 5:00 eva loses connection
  | 5:00 agent.lost eva session 3 until +0:30
time passes to 5:30
  | 5:30 #1 guest.left eva reason "connection lost"
  | 5:30 agent.signedOut eva reason "connection lost"
at 6:00 ben closes #1
  | 6:00 #1 contact.closed reason ben
