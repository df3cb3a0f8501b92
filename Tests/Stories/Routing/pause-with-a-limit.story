A pause with a limit ends by itself, and a word that the plan does not know is refused.
Nobody is forgotten on a break.

plan one:
  queue support
  reason lunch limit 30min
  reason training
  agent ana takes voice:1
  | 0:00 plan.activated plan one

at 0:00 ana signs in
  | 0:00 agent.connected ana session 1
  | 0:00 agent.status ana available
at 0:10 ana is not ready: siesta
  | refused unknown-reason: "siesta" is no reason of this plan; choose one of lunch, training
at 0:20 ana is not ready: lunch
  | 0:20 agent.status ana not-ready reason lunch until +30:00
at 1:00 c1 calls → #1
  | 1:00 #1 contact.received voice c1 queue support until +7d agents (not-ready 1)
time passes to 30:19
  | nothing
time passes to 30:20
  | 30:20 agent.status ana available
  | 30:20 #1 offer.made ana until +0:20
  |       why search contact, load 0, idle 0, waited 29:20, dropped none
at 30:30 ana rejects #1
  | 30:30 #1 offer.ended offer ana@30:20 rejected until +1:00
at 31:10 ana is not ready: training
  | 31:10 agent.status ana not-ready reason training
time passes to 3:00:00
  | nothing
