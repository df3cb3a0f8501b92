A higher band goes before every lower one, nobody it cannot serve is kept waiting by it, and a lift ends the waiting of the lower.
Keeps out row 5, asterisk/asterisk#1637 and #1691: a fix skipped high priority, and then one call inserted at the head stopped all offering.

plan one:
  queue gold band 5 skills gold
  queue support band 1 skills german lift 10min
  agent ana skills german,gold takes voice:1
  agent ben skills german takes voice:1
  | 0:00 plan.activated plan one

at 0:00 c1 calls for support → #1
  | 0:00 #1 contact.received voice c1 queue support until +7d agents (signed-out 2)
at 0:10 c2 calls for support → #2
  | 0:10 #2 contact.received voice c2 queue support until +7d agents (signed-out 2)
at 0:20 c3 calls for gold → #3
  | 0:20 #3 contact.received voice c3 queue gold until +7d agents (skill 1, signed-out 1)

> Ben cannot serve gold: he takes the first of support, and is not stopped by the gold call at the head.

at 0:30 ben signs in
  | 0:30 agent.connected ben session 1
  | 0:30 agent.status ben available
  | 0:30 #1 offer.made ben until +0:20
  |      why search contact, load 0, idle 0, waited 0:30, behind 1, named (ana signed-out)

> Ana takes gold, though #2 has waited longer.

at 0:40 ana signs in
  | 0:40 agent.connected ana session 2
  | 0:40 agent.status ana available
  | 0:40 #3 offer.made ana until +0:20
  |      why search contact, load 0, idle 0, waited 0:20, behind 1, named (ben skill)
at 0:45 ana accepts #3
  | 0:45 #3 offer.ended offer ana@0:40 accepted until +12:00:00
at 0:45 ben accepts #1
  | 0:45 #1 offer.ended offer ben@0:30 accepted until +12:00:00
at 9:00 c4 calls for gold → #4
  | 9:00 #4 contact.received voice c4 queue gold until +7d agents (skill 1, capacity 1)

> At 10:10 #2 has waited ten minutes and counts in the highest band: before gold, which came at 9:00.

at 10:15 ana closes #3
  | 10:15 #3 contact.closed reason ana
  | 10:15 #2 offer.made ana until +0:20
  |       why search contact, load 0, idle 0, waited 10:05, behind 1, named (ben capacity)
