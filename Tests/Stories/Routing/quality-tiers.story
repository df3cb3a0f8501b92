Better results come first, few results say little, and a newcomer is never ranked below what is assumed of everybody.
Scores run from 0 to 100; the assumption weighs as much as five results.

plan one:
  queue support order quality quality prior:50,weight:5,newcomers:3 tiers 60,40
  agent ana takes sms:9
  agent ben takes sms:9
  agent eva takes sms:9
  | 0:00 plan.activated plan one

at 0:00 ben, eva, ana sign in
  | 0:00 agent.connected ben session 1
  | 0:00 agent.status ben available
  | 0:00 agent.connected eva session 2
  | 0:00 agent.status eva available
  | 0:00 agent.connected ana session 3
  | 0:00 agent.status ana available

> Two bad marks: (50 × 5 + 0) / 7 = 35 would be the last tier. But they are only two; ben, idle longest, is asked.

at 0:05 ben scores 0 on support
  | 0:05 quality.reported ben queue support score 0
at 0:06 ben scores 0 on support
  | 0:06 quality.reported ben queue support score 0
at 0:10 c1 texts → #1
  | 0:10 #1 contact.received sms c1 queue support until +7d agents (later-in-order 3)
  | 0:10 #1 offer.made ben until +0:20
  |      why search agent, load 0, idle 0:10, waited 0, tier 1, named (ana later-in-order, eva later-in-order)
at 0:11 ben accepts #1
  | 0:11 #1 offer.ended offer ben@0:10 accepted until +12:00:00
at 0:20 c2 texts → #2
  | 0:20 #2 contact.received sms c2 queue support until +7d agents (later-in-order 3)
  | 0:20 #2 offer.made eva until +0:20
  |      why search agent, load 0, idle 0:20, waited 0, tier 1, named (ana later-in-order, ben later-in-order)
at 0:21 eva accepts #2
  | 0:21 #2 offer.ended offer eva@0:20 accepted until +12:00:00
at 0:30 c3 texts → #3
  | 0:30 #3 contact.received sms c3 queue support until +7d agents (later-in-order 3)
  | 0:30 #3 offer.made ana until +0:20
  |      why search agent, load 0, idle 0:30, waited 0, tier 1, named (ben later-in-order, eva later-in-order)
at 0:31 ana accepts #3
  | 0:31 #3 offer.ended offer ana@0:30 accepted until +12:00:00

> Ben is idle longest again, but a third bad mark makes it (250 + 0) / 8 = 31, and he is no newcomer any more.

at 0:40 ben scores 0 on support
  | 0:40 quality.reported ben queue support score 0
at 0:41 c4 texts → #4
  | 0:41 #4 contact.received sms c4 queue support until +7d agents (later-in-order 3)
  | 0:41 #4 offer.made eva until +0:20
  |      why search agent, load 1, idle 0:20, waited 0, tier 1, named (ana later-in-order, ben later-in-order)
at 0:42 eva accepts #4
  | 0:42 #4 offer.ended offer eva@0:41 accepted until +12:00:00

> Eva shines: (250 + 300) / 8 = 68, the first tier. She is asked before all others, because the queue orders by nothing else.

at 0:50 eva scores 100 on support
  | 0:50 quality.reported eva queue support score 100
at 0:51 eva scores 100 on support
  | 0:51 quality.reported eva queue support score 100
at 0:52 eva scores 100 on support
  | 0:52 quality.reported eva queue support score 100
at 1:00 c5, c6 text → #5, #6
  | 1:00 #5 contact.received sms c5 queue support until +7d agents (later-in-order 3)
  | 1:00 #5 offer.made eva until +0:20
  |      why search agent, load 2, idle 0:18, waited 0, tier 0, named (ana later-in-order, ben later-in-order)
  | 1:00 #6 contact.received sms c6 queue support until +7d agents (later-in-order 3)
  | 1:00 #6 offer.made eva until +0:20
  |      why search agent, load 3, idle 0:18, waited 0, tier 0, named (ana later-in-order, ben later-in-order)

> A score beyond the scale is refused.

at 1:10 ana scores 101 on support
  | refused bad-score: 101 is no score; scores run from 0 to 100
