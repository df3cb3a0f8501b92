Who is put back after a talk longer than the waiting limit waits anew, and who is not taken within it ends as expired.
The time with an agent was no waiting.

plan one:
  queue support expires 90s
  timers offer-again 1min
  agent ana takes sms:1
  | 0:00 plan.activated plan one

at 0:00 ana signs in
  | 0:00 agent.connected ana session 1
  | 0:00 agent.status ana available
at 0:10 c1 texts → #1
  | 0:10 #1 contact.received sms c1 queue support until +1:30 agents (later-in-order 1)
  | 0:10 #1 offer.made ana until +0:20
  |      why search agent, load 0, idle 0:10, waited 0, dropped none
at 0:12 ana accepts #1
  | 0:12 #1 offer.ended offer ana@0:10 accepted until +12:00:00
at 10:00 ana requeues #1
  | 10:00 #1 contact.requeued ana queue support until +1:00
at 10:05 ana is not ready: training
  | 10:05 agent.status ana not-ready reason training
time passes to 11:29
  | nothing
time passes to 11:30
  | 11:30 #1 contact.expired
at 12:00 c1 texts → #2
  | 12:00 #2 contact.received sms c1 queue support until +1:30 agents (not-ready 1)
