An offer nobody answers moves on, and its agent is not rung again before saying so.
Keeps out row 24, RocketChat/Rocket.Chat#12579: a chat rang one agent for ever, and no next one.

plan one:
  queue support offer 20s
  agent ana takes chat:1
  agent ben takes chat:1
  | 0:00 plan.activated plan one

at 0:00 ana, ben sign in
  | 0:00 agent.connected ana session 1
  | 0:00 agent.status ana available
  | 0:00 agent.connected ben session 2
  | 0:00 agent.status ben available
at 0:10 c1 chats → #1
  | 0:10 #1 contact.received chat c1 queue support until +7d agents (later-in-order 2)
  | 0:10 #1 offer.made ana until +0:20
  |      why search agent, load 0, idle 0:10, waited 0, named (ben later-in-order)
time passes to 0:30
  | 0:30 #1 offer.ended offer ana@0:10 timed-out
  | 0:30 agent.status ana not-ready reason no-answer
  | 0:30 #1 offer.made ben until +0:20
  |      why search agent, load 0, idle 0:30, waited 0:20, named (ana not-ready)
time passes to 0:50
  | 0:50 #1 offer.ended offer ben@0:30 timed-out
  | 0:50 agent.status ben not-ready reason no-answer

> Both were away. Nobody is rung now, and #1 keeps its place before those who come later.

at 1:00 c2 chats → #2
  | 1:00 #2 contact.received chat c2 queue support until +7d agents (not-ready 2)
time passes to 5:00
  | nothing
at 5:00 ben is available
  | 5:00 agent.status ben available
  | 5:00 #1 offer.made ben until +0:20
  |      why search contact, load 0, idle 0, waited 4:50, behind 1, named (ana not-ready)
