A new plan is obeyed at once by what waits, and what rings or talks keeps the promises of the old one.
What begins under a plan ends under it: an offer keeps its time to answer. What waits looks again, in its old order.

plan one:
  queue support skills german:2 offer 20s
  agent ana skills german:2 takes voice:1
  agent ben skills german:1 takes voice:1
  agent eva skills english:3 takes voice:1
  | 0:00 plan.activated plan one

at 0:00 ana, ben, eva sign in
  | 0:00 agent.connected ana session 1
  | 0:00 agent.status ana available
  | 0:00 agent.connected ben session 2
  | 0:00 agent.status ben available
  | 0:00 agent.connected eva session 3
  | 0:00 agent.status eva available
at 0:10 c1, c2, c3 call → #1, #2, #3
  | 0:10 #1 contact.received voice c1 queue support until +7d agents (skill 2, later-in-order 1)
  | 0:10 #1 offer.made ana until +0:20
  |      why search agent, load 0, idle 0:10, waited 0, named (ben skill, eva skill)
  | 0:10 #2 contact.received voice c2 queue support until +7d agents (skill 2, capacity 1)
  | 0:10 #3 contact.received voice c3 queue support until +7d agents (skill 2, capacity 1)

> Ben has passed an examination and eva is no longer with us; offers ring for 40 s from now on. Ana's still ends after 20 s.

at 0:20 plan two:
  queue support skills german:2 offer 40s
  agent ana skills german:2 takes voice:1
  agent ben skills german:2 takes voice:1
  | 0:20 plan.activated plan two
  | 0:20 agent.signedOut eva reason "no longer in the plan"
  | 0:20 #2 offer.made ben until +0:40 plan-version two
  |      why search agent, load 0, idle 0:20, waited 0:10, named (ana capacity)

at 0:25 ben accepts #2
  | 0:25 #2 offer.ended offer ben@0:20 accepted until +12:00:00
time passes to 0:30
  | 0:30 #1 offer.ended offer ana@0:10 timed-out
  | 0:30 agent.status ana not-ready reason no-answer
at 0:40 eva is available
  | refused unknown-agent: the plan has no agent eva
at 0:45 ana is available
  | 0:45 agent.status ana available
  | 0:45 #1 offer.made ana until +0:40 plan-version two
  |      why search contact, load 0, idle 0, waited 0:35, behind 1, named (ben capacity)
