Who hangs up within the first seconds is told apart from who waited and gave up.
A wrong number is no lost customer.

plan one:
  queue support short-abandon 5s
  agent ana takes voice:1
  | 0:00 plan.activated plan one

at 0:10 c1, c2 call → #1, #2
  | 0:10 #1 contact.received voice c1 queue support until +7d agents (signed-out 1)
  | 0:10 #2 contact.received voice c2 queue support until +7d agents (signed-out 1)
at 0:14 c1 hangs up #1
  | 0:14 #1 contact.abandoned reason "hung up" is-short yes
at 0:15 c2 hangs up #2
  | 0:15 #2 contact.abandoned reason "hung up"
