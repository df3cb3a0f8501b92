Who hands a call over counts as idle from that moment, and who took it over has the wrap-up when it ends.
Keeps out row 28, asterisk/asterisk#607 and #1006: a transfer reset the agent's last call, and wrap-up was skipped.

plan one:
  queue support mandatory wrap-up 1min
  agent ana takes voice:1
  agent ben takes voice:2
  agent eva takes voice:1
  | 0:00 plan.activated plan one

at 0:00 ana, ben, eva sign in
  | 0:00 agent.connected ana session 1
  | 0:00 agent.status ana available
  | 0:00 agent.connected ben session 2
  | 0:00 agent.status ben available
  | 0:00 agent.connected eva session 3
  | 0:00 agent.status eva available
at 0:10 c1 calls → #1
  | 0:10 #1 contact.received voice c1 queue support until +7d agents (later-in-order 3)
  | 0:10 #1 offer.made ana until +0:20
  |      why search agent, load 0, idle 0:10, waited 0, named (ben later-in-order, eva later-in-order)
at 0:12 ana accepts #1
  | 0:12 #1 offer.ended offer ana@0:10 accepted until +12:00:00
at 1:00 ana consults ben about #1
  | 1:00 #1 invite.made ben by ana until +0:20
at 1:05 ben accepts #1
  | 1:05 #1 invite.ended offer ben@1:00 accepted until +1:00:00
at 2:00 ana hands #1 over
  | 2:00 #1 contact.transferred from ana to ben reason transfer until +12:00:00

> Eva has been idle since 0:00 and ana has just handed a call over: the next one is eva's.

at 2:10 c2 calls → #2
  | 2:10 #2 contact.received voice c2 queue support until +7d agents (later-in-order 3)
  | 2:10 #2 offer.made eva until +0:20
  |      why search agent, load 0, idle 2:10, waited 0, named (ana later-in-order, ben later-in-order)
at 2:12 eva accepts #2
  | 2:12 #2 offer.ended offer eva@2:10 accepted until +12:00:00

> Ben's wrap-up is not skipped: it is mandatory, begins with the end of the call, and lasts its whole minute.

at 3:00 ben closes #1
  | 3:00 #1 contact.wrapup reason mandatory until +1:00
at 3:10 ben is not ready: paperwork
  | 3:10 agent.status ben not-ready reason paperwork
at 3:20 ben is available
  | 3:20 agent.status ben available
time passes to 3:59
  | nothing
time passes to 4:00
  | 4:00 #1 contact.closed reason "wrap-up limit"
