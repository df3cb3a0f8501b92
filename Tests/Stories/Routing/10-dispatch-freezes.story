A contact that everybody declined is offered again when the pause is over, with nobody doing anything.
Keeps out row 10, signalwire/freeswitch#1062 and #1641: dispatch froze without an error, and reloading the module "fixed" it.

plan one:
  queue support
  timers offer-again 1min
  agent ana takes voice:1
  agent ben takes voice:1
  | 0:00 plan.activated plan one

at 0:00 ana, ben sign in
  | 0:00 agent.connected ana session 1
  | 0:00 agent.status ana available
  | 0:00 agent.connected ben session 2
  | 0:00 agent.status ben available
at 0:10 c1 calls → #1
  | 0:10 #1 contact.received voice c1 queue support until +7d agents (later-in-order 2)
  | 0:10 #1 offer.made ana until +0:20
  |      why search agent, load 0, idle 0:10, waited 0, named (ben later-in-order)
at 0:15 ana rejects #1: in a meeting
  | 0:15 #1 offer.ended offer ana@0:10 rejected reason "in a meeting" until +1:00
  | 0:15 #1 offer.made ben until +0:20
  |      why search agent, load 0, idle 0:15, waited 0:05, named (ana excluded)
at 0:20 ben rejects #1
  | 0:20 #1 offer.ended offer ben@0:15 rejected until +1:00

> Nobody may be asked now. Time alone sets it going: ana's minute is over first.

time passes to 1:14
  | nothing
time passes to 1:15
  | 1:15 #1 offer.made ana until +0:20
  |      why search agent, load 0, idle 1:15, waited 1:05, named (ben excluded)
at 1:17 ana accepts #1
  | 1:17 #1 offer.ended offer ana@1:15 accepted until +12:00:00
