After STOP nothing that still waits is sent, and nothing more can be written until START.
A text that the provider has already is out of our hands; the two behind it are not.

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
at 0:21 ana replies to #1
  | 0:21 #1 message.queued ana sms carl until +1d active-until +12:00:00
at 0:22 ana replies to #1
  | 0:22 #1 message.queued ana sms carl until +1d active-until +12:00:00

> One at a time, in order: the second goes when the first is taken.

at 0:23 the provider takes the message of #1
  | 0:23 #1 message.sent message ana@0:20 provider-id out-5 until +3d
  | 0:23 #1 message.attempt message ana@0:21 attempt 1 until +2:00
at 0:24 carl says STOP
  | 0:24 #1 party.optedOut carl sms reason STOP
  | 0:24 #1 message.failed message ana@0:22 reason "the person opted out before it was sent"
at 0:25 the provider takes the message of #1
  | 0:25 #1 message.sent message ana@0:21 provider-id out-7 until +3d
at 0:30 ana replies to #1
  | refused suppressed: the person opted out of sms; nothing may be sent until they opt in again
at 1:00 carl says START
  | 1:00 #1 party.optedIn carl sms reason START
at 1:10 ana replies to #1
  | 1:10 #1 message.queued ana sms carl until +1d active-until +12:00:00
  | 1:10 #1 message.attempt message ana@1:10 attempt 1 until +2:00
