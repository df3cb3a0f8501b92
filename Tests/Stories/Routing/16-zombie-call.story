When the caller hangs up, the agent's telephone stops ringing in the same moment, and the next call is offered.
Keeps out row 16, signalwire/freeswitch#2529: the caller had hung up and the agent was still rung.

plan one:
  queue support
  agent ana takes voice:1
  | 0:00 plan.activated plan one

at 0:00 ana signs in
  | 0:00 agent.connected ana session 1
  | 0:00 agent.status ana available
at 0:10 c1 calls → #1
  | 0:10 #1 contact.received voice c1 queue support until +7d agents (later-in-order 1)
  | 0:10 #1 offer.made ana until +0:20
  |      why search agent, load 0, idle 0:10, waited 0, dropped none
at 0:12 c2 calls → #2
  | 0:12 #2 contact.received voice c2 queue support until +7d agents (capacity 1)
at 0:15 c1 hangs up #1
  | 0:15 #1 offer.ended offer ana@0:10 rescinded reason "hung up"
  | 0:15 #1 contact.abandoned reason "hung up"
  | 0:15 #2 offer.made ana until +0:20
  |      why search agent, load 0, idle 0:15, waited 0:03, dropped none

> Picking up the call that is gone is refused, and costs ana nothing.

at 0:16 ana accepts #1
  | refused offer-over: offer ana@0:10 is over
at 0:17 ana accepts #2
  | 0:17 #2 offer.ended offer ana@0:15 accepted until +12:00:00
