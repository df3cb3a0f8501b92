A contact that shall not go to somebody waits rather than go there.
A complaint about an agent is not answered by that agent.

plan one:
  queue support
  agent ana takes sms:1
  agent ben takes sms:1
  | 0:00 plan.activated plan one

at 0:00 ana signs in
  | 0:00 agent.connected ana session 1
  | 0:00 agent.status ana available
at 0:10 carl texts not ana → #1
  | 0:10 #1 contact.received sms carl queue support not-agents [ana] until +7d agents (signed-out 1, later-in-order 1)
at 0:20 dora texts → #2
  | 0:20 #2 contact.received sms dora queue support until +7d agents (signed-out 1, later-in-order 1)
  | 0:20 #2 offer.made ana until +0:20
  |      why search agent, load 0, idle 0:20, waited 0, named (ben signed-out)
at 0:30 ben signs in
  | 0:30 agent.connected ben session 2
  | 0:30 agent.status ben available
  | 0:30 #1 offer.made ben until +0:20
  |      why search contact, load 0, idle 0, waited 0:20, named (ana capacity)
at 0:35 ben rejects #1
  | 0:35 #1 offer.ended offer ben@0:30 rejected until +1:00
