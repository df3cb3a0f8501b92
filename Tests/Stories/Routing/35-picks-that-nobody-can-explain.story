Every offer says what the agent and the contact were like at that moment, and why each other agent was passed over.
Keeps out row 35, desplega-ai/agent-swarm#1477: two in five picks could not be explained later.

plan one:
  queue support skills german:2
  timers offer-again 1min
  agent ana skills german:3 takes sms:1
  agent ben skills german:2 takes sms:1
  agent eva skills german:1 takes sms:1
  agent kim skills german:3 takes voice:1
  agent lea skills german:3 takes sms:1
  agent max skills german:3 takes sms:1
  agent noa skills german:3 takes sms:1
  agent pia skills german:3 takes sms:1
  | 0:00 plan.activated plan one

at 0:00 ana, ben, eva, kim, lea, max, noa sign in
  | 0:00 agent.connected ana session 1
  | 0:00 agent.status ana available
  | 0:00 agent.connected ben session 2
  | 0:00 agent.status ben available
  | 0:00 agent.connected eva session 3
  | 0:00 agent.status eva available
  | 0:00 agent.connected kim session 4
  | 0:00 agent.status kim available
  | 0:00 agent.connected lea session 5
  | 0:00 agent.status lea available
  | 0:00 agent.connected max session 6
  | 0:00 agent.status max available
  | 0:00 agent.connected noa session 7
  | 0:00 agent.status noa available
at 0:05 lea is not ready: lunch
  | 0:05 agent.status lea not-ready reason lunch
at 0:06 max loses connection
  | 0:06 agent.lost max session 6 until +0:30
at 0:10 c1 texts → #1
  | 0:10 #1 contact.received sms c1 queue support until +7d agents (channel 1, skill 1, signed-out 1, unreachable 1, not-ready 1, later-in-order 3)
  | 0:10 #1 offer.made ana until +0:20
  |      why search agent, load 0, idle 0:10, waited 0, named (ben later-in-order, eva skill, kim channel, lea not-ready, max unreachable, noa later-in-order, pia signed-out)
at 0:12 ana accepts #1
  | 0:12 #1 offer.ended offer ana@0:10 accepted until +12:00:00
at 0:20 c2 texts → #2
  | 0:20 #2 contact.received sms c2 queue support until +7d agents (channel 1, skill 1, signed-out 1, unreachable 1, not-ready 1, capacity 1, later-in-order 2)
  | 0:20 #2 offer.made ben until +0:20
  |      why search agent, load 0, idle 0:20, waited 0, named (ana capacity, eva skill, kim channel, lea not-ready, max unreachable, noa later-in-order, pia signed-out)
at 0:22 ben rejects #2: on the phone
  | 0:22 #2 offer.ended offer ben@0:20 rejected reason "on the phone" until +1:00
  | 0:22 #2 offer.made noa until +0:20
  |      why search agent, load 0, idle 0:22, waited 0:02, named (ana capacity, ben excluded, eva skill, kim channel, lea not-ready, max unreachable, pia signed-out)
