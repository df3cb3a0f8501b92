When an agent drops out before answering, the round goes on where it was.
Keeps out row 25, asterisk/asterisk#1557: an agent dropped before the bridge, and the whole round started again.

plan one:
  queue support offer 20s
  timers reconnect 10s offer-again 5min
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
at 0:15 ana rejects #1: hands full
  | 0:15 #1 offer.ended offer ana@0:10 rejected reason "hands full" until +5:00
  | 0:15 #1 offer.made ben until +0:20
  |      why search agent, load 0, idle 0:15, waited 0:05, named (ana excluded, eva later-in-order)

> Ben's connection breaks while it rings.

at 0:20 ben loses connection
  | 0:20 agent.lost ben session 2 until +0:10
time passes to 0:30
  | 0:30 #1 offer.ended offer ben@0:15 rescinded reason "connection lost"
  | 0:30 agent.signedOut ben reason "connection lost"
  | 0:30 #1 offer.made eva until +0:20
  |      why search agent, load 0, idle 0:30, waited 0:20, named (ana excluded, ben signed-out)

> Eva is next, who has not been asked. Ana is free and longest idle, but declined it a moment ago: she is not asked again.

at 0:35 eva accepts #1
  | 0:35 #1 offer.ended offer eva@0:30 accepted until +12:00:00
