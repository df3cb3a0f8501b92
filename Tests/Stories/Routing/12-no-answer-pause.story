Where the plan says so, an agent who missed a call is available again by itself.
Keeps out row 12, 2600hz/kazoo PR#6609: three missed calls logged an agent out for good.

plan one:
  queue support offer 20s
  timers no-answer-pause 1min
  agent ana takes voice:1
  | 0:00 plan.activated plan one

at 0:00 ana signs in
  | 0:00 agent.connected ana session 1
  | 0:00 agent.status ana available
at 0:10 c1 calls → #1
  | 0:10 #1 contact.received voice c1 queue support until +7d agents (later-in-order 1)
  | 0:10 #1 offer.made ana until +0:20
  |      why search agent, load 0, idle 0:10, waited 0, dropped none
time passes to 0:30
  | 0:30 #1 offer.ended offer ana@0:10 timed-out
  | 0:30 agent.status ana not-ready reason no-answer until +1:00
time passes to 1:29
  | nothing
time passes to 1:30
  | 1:30 agent.status ana available
  | 1:30 #1 offer.made ana until +0:20
  |      why search contact, load 0, idle 0, waited 1:20, dropped none

> Missed again, and again she is back after a minute; what she chooses herself in between stays.

time passes to 2:00
  | 1:50 #1 offer.ended offer ana@1:30 timed-out
  | 1:50 agent.status ana not-ready reason no-answer until +1:00
at 2:10 ana is not ready: lunch
  | 2:10 agent.status ana not-ready reason lunch
time passes to 10:00
  | nothing
at 10:00 ana is available
  | 10:00 agent.status ana available
  | 10:00 #1 offer.made ana until +0:20
  |       why search contact, load 0, idle 0, waited 9:50, dropped none
at 10:05 ana accepts #1
  | 10:05 #1 offer.ended offer ana@10:00 accepted until +12:00:00
