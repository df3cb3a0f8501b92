An agent who misses three calls is still signed in, and takes the next one after saying so.
Keeps out row 12, 2600hz/kazoo PR#6609: three missed calls logged an agent out for good.

plan one:
  queue support offer 20s
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
  | 0:30 agent.status ana not-ready reason no-answer
at 1:00 ana is available
  | 1:00 agent.status ana available
  | 1:00 #1 offer.made ana until +0:20
  |      why search contact, load 0, idle 0, waited 0:50, dropped none
time passes to 1:20
  | 1:20 #1 offer.ended offer ana@1:00 timed-out
  | 1:20 agent.status ana not-ready reason no-answer
at 2:00 ana is available
  | 2:00 agent.status ana available
  | 2:00 #1 offer.made ana until +0:20
  |      why search contact, load 0, idle 0, waited 1:50, dropped none
time passes to 2:20
  | 2:20 #1 offer.ended offer ana@2:00 timed-out
  | 2:20 agent.status ana not-ready reason no-answer

> Three missed. She has never been signed out: one word brings her back.

at 3:00 ana is available
  | 3:00 agent.status ana available
  | 3:00 #1 offer.made ana until +0:20
  |      why search contact, load 0, idle 0, waited 2:50, dropped none
at 3:05 ana accepts #1
  | 3:05 #1 offer.ended offer ana@3:00 accepted until +12:00:00
