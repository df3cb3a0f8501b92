A contact is offered to one agent at a time, and each who misses it makes way for the next.
Keeps out row 15, signalwire/freeswitch#2901: ring-all called one agent twice and others never.

plan one:
  queue support offer 20s
  agent ana takes voice:2
  agent ben takes voice:2
  agent eva takes voice:2
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

> Ana has room for two, and is not called twice.

time passes to 0:29
  | nothing
time passes to 0:30
  | 0:30 #1 offer.ended offer ana@0:10 timed-out
  | 0:30 agent.status ana not-ready reason no-answer
  | 0:30 #1 offer.made ben until +0:20
  |      why search agent, load 0, idle 0:30, waited 0:20, named (ana not-ready, eva later-in-order)
time passes to 0:50
  | 0:50 #1 offer.ended offer ben@0:30 timed-out
  | 0:50 agent.status ben not-ready reason no-answer
  | 0:50 #1 offer.made eva until +0:20
  |      why search agent, load 0, idle 0:50, waited 0:40, named (ana not-ready, ben not-ready)
at 0:55 eva accepts #1
  | 0:55 #1 offer.ended offer eva@0:50 accepted until +12:00:00
