Who had the customer last is preferred, and waited for a while; then anybody is found.
A customer who comes back need not tell the story again, nor wait for one person for ever.

plan one:
  queue support remember 1h wait-for-preferred 1min
  agent ana takes sms:1
  agent ben takes sms:1
  | 0:00 plan.activated plan one

at 0:00 ana signs in
  | 0:00 agent.connected ana session 1
  | 0:00 agent.status ana available
at 0:10 carl texts → #1
  | 0:10 #1 contact.received sms carl queue support until +7d agents (signed-out 1, later-in-order 1)
  | 0:10 #1 offer.made ana until +0:20
  |      why search agent, load 0, idle 0:10, waited 0, named (ben signed-out)
at 0:12 ana accepts #1
  | 0:12 #1 offer.ended offer ana@0:10 accepted until +12:00:00
at 5:00 ana closes #1
  | 5:00 #1 contact.closed reason ana remember-until +1:00:00
at 5:10 ben signs in
  | 5:10 agent.connected ben session 2
  | 5:10 agent.status ben available
at 6:00 dora texts → #2
  | 6:00 #2 contact.received sms dora queue support until +7d agents (later-in-order 2)
  | 6:00 #2 offer.made ana until +0:20
  |      why search agent, load 0, idle 1:00, waited 0, named (ben later-in-order)
at 6:01 ana accepts #2
  | 6:01 #2 offer.ended offer ana@6:00 accepted until +12:00:00

> Ben is free and carl waits all the same: ana, who knows him, is signed in and busy. After a minute ben gets him.

at 7:00 carl texts → #3
  | 7:00 #3 contact.received sms carl queue support preferred-agent ana preferred-until +1:00 until +7d agents (capacity 1, later-in-order 1)
time passes to 7:59
  | nothing
time passes to 8:00
  | 8:00 #3 offer.made ben until +0:20
  |      why search agent, load 0, idle 2:50, waited 1:00, named (ana capacity)
at 8:05 ben accepts #3
  | 8:05 #3 offer.ended offer ben@8:00 accepted until +12:00:00

> Now it is ben who is preferred, though ana has been idle for much longer.

at 9:00 ana closes #2
  | 9:00 #2 contact.closed reason ana remember-until +1:00:00
at 30:00 ben closes #3
  | 30:00 #3 contact.closed reason ben remember-until +1:00:00
at 31:00 carl texts → #4
  | 31:00 #4 contact.received sms carl queue support preferred-agent ben preferred-until +1:00 until +7d agents (later-in-order 2)
  | 31:00 #4 offer.made ben until +0:20
  |       why search agent, load 0, idle 1:00, waited 0, preferred yes, named (ana preferred)
at 31:05 ben accepts #4
  | 31:05 #4 offer.ended offer ben@31:00 accepted until +12:00:00

> Who is signed out is not waited for.

at 40:00 ben closes #4
  | 40:00 #4 contact.closed reason ben remember-until +1:00:00
at 40:10 ben signs out
  | 40:10 agent.status ben signed-out
at 41:00 carl texts → #5
  | 41:00 #5 contact.received sms carl queue support preferred-agent ben until +7d agents (signed-out 1, later-in-order 1)
  | 41:00 #5 offer.made ana until +0:20
  |       why search agent, load 0, idle 32:00, waited 0, named (ben signed-out)
