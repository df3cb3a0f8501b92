An event that the provider sends twice is one contact, and later messages join it.
Keeps out row 17, chatwoot/chatwoot#11901 and PR#13713: duplicate webhook events made a chat appear twice.

plan one:
  queue support
  agent ana takes sms:2
  | 0:00 plan.activated plan one

at 0:00 ana signs in
  | 0:00 agent.connected ana session 1
  | 0:00 agent.status ana available
at 0:10 carl texts key SM1 → #1
  | 0:10 #1 contact.received sms carl queue support until +7d agents (later-in-order 1)
  | 0:10 #1 offer.made ana until +0:20
  |      why search agent, load 0, idle 0:10, waited 0, dropped none
at 0:10 carl texts key SM1
  | answer: known already, #1
at 0:15 ana accepts #1
  | 0:15 #1 offer.ended offer ana@0:10 accepted until +12:00:00
at 0:20 carl texts key SM2
  | 0:20 #1 contact.message until +12:00:00
at 0:25 carl texts key SM2 → #1
  | answer: known already, #1

> Even after the contact has ended, the repeated event begins nothing.

at 1:00 ana closes #1
  | 1:00 #1 contact.closed reason ana
at 9:00 carl texts key SM1
  | answer: known already, #1
at 9:10 carl texts key SM3 → #2
  | 9:10 #2 contact.received sms carl queue support until +7d agents (later-in-order 1)
  | 9:10 #2 offer.made ana until +0:20
  |      why search agent, load 0, idle 8:10, waited 0, dropped none
