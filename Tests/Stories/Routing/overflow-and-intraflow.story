A contact is sent on at its arrival when its queue is long, and later when it has waited too long; its place is that of its arrival.
A full queue that has a way out refuses nobody.

plan one:
  queue sales waiting 3 skills sales
  overflow when waiting 2 to support
  intraflow after 1min to support
  queue support skills german
  agent ana skills sales takes voice:1
  agent ben skills german takes voice:1
  | 0:00 plan.activated plan one

at 0:00 c1, c2 call for sales → #1, #2
  | 0:00 #1 contact.received voice c1 queue sales until +7d move-at +1:00 agents (skill 1, signed-out 1)
  | 0:00 #2 contact.received voice c2 queue sales until +7d move-at +1:00 agents (skill 1, signed-out 1)
at 0:10 c3 calls for sales → #3
  | 0:10 #3 contact.received voice c3 queue support until +7d via ["sales: overflow 1 (waiting ≥ 2) → support"] agents (skill 1, signed-out 1)

> #3 went to support at once. The two before it follow when they have waited for a minute.

time passes to 0:59
  | nothing
time passes to 1:00
  | 1:00 #1 contact.moved from sales to support reason intraflow until +6d+23:59:00
  | 1:00 #2 contact.moved from sales to support reason intraflow until +6d+23:59:00

> They came first, and so they are first in support, too.

at 1:10 ben signs in
  | 1:10 agent.connected ben session 1
  | 1:10 agent.status ben available
  | 1:10 #1 offer.made ben until +0:20
  |      why search contact, load 0, idle 0, waited 1:10, behind 2, named (ana skill)
at 1:15 ben accepts #1
  | 1:15 #1 offer.ended offer ben@1:10 accepted until +12:00:00
at 1:20 ana signs in
  | 1:20 agent.connected ana session 2
  | 1:20 agent.status ana available
