The end of a talk is recorded in its second, with who or what ended it, and apart from the end of the paperwork.
Keeps out row 36, asterisk/asterisk#393: AgentComplete came late, with a wrong reason and a wrong talk time.

plan one:
  queue support wrap-up 2min dispositions solved,unsolved
  timers silence 10min
  agent ana takes voice:1
  agent ben takes voice:1
  | 0:00 plan.activated plan one

at 0:00 ana, ben sign in
  | 0:00 agent.connected ana session 1
  | 0:00 agent.status ana available
  | 0:00 agent.connected ben session 2
  | 0:00 agent.status ben available

> The customer ends it: 48 s of talk, 30 s of paperwork.

at 0:10 c1 calls → #1
  | 0:10 #1 contact.received voice c1 queue support until +7d agents (later-in-order 2)
  | 0:10 #1 offer.made ana until +0:20
  |      why search agent, load 0, idle 0:10, waited 0, named (ben later-in-order)
at 0:12 ana accepts #1
  | 0:12 #1 offer.ended offer ana@0:10 accepted until +10:00
at 1:00 c1 hangs up #1
  | 1:00 #1 contact.wrapup reason "hung up" until +2:00
at 1:30 ana closes #1 as solved
  | 1:30 #1 contact.closed disposition solved reason ana

> The agent ends it: 20 s of talk, no paperwork.

at 2:00 c2 calls → #2
  | 2:00 #2 contact.received voice c2 queue support until +7d agents (later-in-order 2)
  | 2:00 #2 offer.made ben until +0:20
  |      why search agent, load 0, idle 2:00, waited 0, named (ana later-in-order)
at 2:05 ben accepts #2
  | 2:05 #2 offer.ended offer ben@2:00 accepted until +10:00
at 2:25 ben closes #2 as unsolved
  | 2:25 #2 contact.closed disposition unsolved reason ben

> Handed over: ana's part ends after 30 s, and ben's begins in that second. He wraps up and forgets it: the limit ends that.

at 3:00 c3 calls → #3
  | 3:00 #3 contact.received voice c3 queue support until +7d agents (later-in-order 2)
  | 3:00 #3 offer.made ana until +0:20
  |      why search agent, load 0, idle 1:30, waited 0, named (ben later-in-order)
at 3:10 ana accepts #3
  | 3:10 #3 offer.ended offer ana@3:00 accepted until +10:00
at 3:20 ana consults ben about #3
  | 3:20 #3 invite.made ben by ana until +0:20
at 3:25 ben accepts #3
  | 3:25 #3 invite.ended offer ben@3:20 accepted until +1:00:00
at 3:40 ana hands #3 over
  | 3:40 #3 contact.transferred from ana to ben reason transfer until +10:00
at 4:00 ben wraps up #3
  | 4:00 #3 contact.wrapup reason agent until +2:00
time passes to 6:00
  | 6:00 #3 contact.closed reason "wrap-up limit"
