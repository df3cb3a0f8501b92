Agents who cannot take a contact are passed over wherever they stand in the list; the one who can is found.
Keeps out row 9, signalwire/freeswitch PR#1221 (#1216): one unavailable agent, last in the result, halted distribution.

plan one:
  queue support skills german
  agent ana skills german takes voice:1
  agent ben skills german takes voice:1
  agent eva skills english takes voice:1
  agent kim skills german takes sms:1
  agent zoe skills german takes voice:1
  | 0:00 plan.activated plan one

at 0:00 ana, ben, eva, kim, zoe sign in
  | 0:00 agent.connected ana session 1
  | 0:00 agent.status ana available
  | 0:00 agent.connected ben session 2
  | 0:00 agent.status ben available
  | 0:00 agent.connected eva session 3
  | 0:00 agent.status eva available
  | 0:00 agent.connected kim session 4
  | 0:00 agent.status kim available
  | 0:00 agent.connected zoe session 5
  | 0:00 agent.status zoe available
at 0:10 zoe is not ready: lunch
  | 0:10 agent.status zoe not-ready reason lunch
at 0:20 ben loses connection
  | 0:20 agent.lost ben session 2 until +0:30
at 0:25 c1 calls → #1
  | 0:25 #1 contact.received voice c1 queue support until +7d agents (channel 1, skill 1, unreachable 1, not-ready 1, later-in-order 1)
  | 0:25 #1 offer.made ana until +0:20
  |      why search agent, load 0, idle 0:25, waited 0, named (ben unreachable, eva skill, kim channel, zoe not-ready)
at 0:26 ana accepts #1
  | 0:26 #1 offer.ended offer ana@0:25 accepted until +12:00:00
at 0:30 c2 calls → #2
  | 0:30 #2 contact.received voice c2 queue support until +7d agents (channel 1, skill 1, unreachable 1, not-ready 1, capacity 1)

> Each is passed over for another reason: see #2's own count at its arrival. Whoever becomes able takes it.

at 0:40 zoe is available
  | 0:40 agent.status zoe available
  | 0:40 #2 offer.made zoe until +0:20
  |      why search contact, load 0, idle 0, waited 0:10, named (ana capacity, ben unreachable, eva skill, kim channel)
