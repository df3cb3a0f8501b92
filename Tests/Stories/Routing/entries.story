The first entry that matches says where a contact waits: by address, language, direction and time of day.
And whoever matches none is not turned away, but waits in the default queue.

Begins Wed 2026-05-06 11:00 in Europe/Berlin.

plan one:
  calendar morning Europe/Berlin mon-fri 08:00-12:00
  queue general default
  queue german
  queue sales
  queue callbacks
  entry direction callback to callbacks
  entry destination +4930900 during morning to sales
  entry language de to german
  agent ana takes voice:9
  | Wed 2026-05-06 11:00 plan.activated plan one
  | Wed 2026-05-06 11:00 hours.changed calendar morning is-open yes until Wed 2026-05-06 12:00

at Wed 2026-05-06 11:00 c1 calls to +4930900 in de-AT → #1
  | Wed 2026-05-06 11:00 #1 contact.received voice c1 language de-AT queue sales until Wed 2026-05-13 11:00 agents (signed-out 1)
at Wed 2026-05-06 11:01 c2 calls in de-AT → #2
  | Wed 2026-05-06 11:01 #2 contact.received voice c2 language de-AT queue german until Wed 2026-05-13 11:01 agents (signed-out 1)
at Wed 2026-05-06 11:02 c3 calls in fr → #3
  | Wed 2026-05-06 11:02 #3 contact.received voice c3 language fr queue general until Wed 2026-05-13 11:02 agents (signed-out 1)
at Wed 2026-05-06 11:03 c4 calls callback in de → #4
  | Wed 2026-05-06 11:03 #4 contact.received voice c4 direction callback language de queue callbacks until Wed 2026-05-13 11:03 agents (signed-out 1)

> In the afternoon sales does not take calls; German speakers still have a place of their own.

at Wed 2026-05-06 12:01 c5 calls to +4930900 in de → #5
  | Wed 2026-05-06 12:00 hours.changed calendar morning is-open no until Thu 2026-05-07 08:00
  | Wed 2026-05-06 12:01 #5 contact.received voice c5 language de queue german until Wed 2026-05-13 12:01 agents (signed-out 1)
at Wed 2026-05-06 12:02 c6 calls to +4930900 → #6
  | Wed 2026-05-06 12:02 #6 contact.received voice c6 queue general until Wed 2026-05-13 12:02 agents (signed-out 1)
at Wed 2026-05-06 12:03 c7 calls for nowhere
  | refused unknown-queue: the plan has no queue nowhere
