A message that the provider cannot take now is tried again, later each time, and comes before those written after it.
Nothing is sent out of order and nothing is dropped in silence.

plan one:
  queue support
  agent ana takes sms:1
  | 0:00 plan.activated plan one

at 0:00 ana signs in
  | 0:00 agent.connected ana session 1
  | 0:00 agent.status ana available
at 0:10 carl texts → #1
  | 0:10 #1 contact.received sms carl queue support until +7d agents (later-in-order 1)
  | 0:10 #1 offer.made ana until +0:20
  |      why search agent, load 0, idle 0:10, waited 0, dropped none
at 0:12 ana accepts #1
  | 0:12 #1 offer.ended offer ana@0:10 accepted until +12:00:00
at 0:20 ana replies to #1
  | 0:20 #1 message.queued ana sms carl until +1d active-until +12:00:00
  | 0:20 #1 message.attempt message ana@0:20 attempt 1 until +2:00
at 0:21 the provider postpones the message of #1: 503 from the provider
  | 0:21 #1 message.postponed message ana@0:20 reason "503 from the provider" until +0:05
at 0:22 ana replies to #1
  | 0:22 #1 message.queued ana sms carl until +1d active-until +12:00:00
time passes to 0:26
  | 0:26 #1 message.attempt message ana@0:20 attempt 2 until +2:00
at 0:27 the provider postpones the message of #1: 503 from the provider
  | 0:27 #1 message.postponed message ana@0:20 reason "503 from the provider" until +0:10
time passes to 0:37
  | 0:37 #1 message.attempt message ana@0:20 attempt 3 until +2:00

> No word at all is taken as no for now.

time passes to 3:00
  | 2:37 #1 message.postponed message ana@0:20 reason "no word from the channel" until +0:20
  | 2:57 #1 message.attempt message ana@0:20 attempt 4 until +2:00
at 3:01 the provider takes the message of #1
  | 3:01 #1 message.sent message ana@0:20 provider-id out-6 until +3d
  | 3:01 #1 message.attempt message ana@0:22 attempt 1 until +2:00
at 3:02 the provider takes the message of #1
  | 3:02 #1 message.sent message ana@0:22 provider-id out-7 until +3d
at 3:03 the provider delivers the message of #1
  | 3:03 #1 message.delivery message ana@0:22 delivered
