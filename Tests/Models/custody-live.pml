/*
 * Custody of one contact, liveness: under a bounded number of losses, repetitions, crashes and impatient cancels every run ends
 * with the contact closed and no offer in doubt.
 *
 * Here messages are used up by reading, and reading, the transaction and the answer are three steps between which a site may
 * crash. The outbox sends again only when nothing of the exchange is left anywhere, so there is no cycle: each run ends.
 *
 *   spin -a custody-live.pml && gcc -O2 -DSAFETY -w -o pan pan.c && ./pan -m1000000      ends where it must; asserts
 *                               gcc -O2 -DNP -w -o pan pan.c && ./pan -l -m1000000       no cycle (no label says progress)
 */
#ifndef EPOCHS
#define EPOCHS 2
#endif
#ifndef LOSSES
#define LOSSES 2
#endif
#ifndef REPEATS
#define REPEATS 1
#endif
#ifndef CRASHES
#define CRASHES 2
#endif
#ifndef CANCELS
#define CANCELS 1
#endif
#define LAST EPOCHS

#include "rules.pml"

#define OFFER   1
#define CANCEL  2
#define TAKEN   4
#define REFUSAL 8

bit net[32];                             /* one of each kind for each epoch, at most */
#define under(n, kind) net[(n - 1) * 4 + (kind)]

/* Lost in a crash: the request that a site works on, and its answer that has not left. */
byte desk[SITES + 1], deskEpoch[SITES + 1];

byte losses = LOSSES, repeats = REPEATS, crashes = CRASHES, cancels = CANCELS;
bit closed = 0;

#define worked(n, s) (desk[s] != 0 && deskEpoch[s] == n)
#if SITES == 2
#define onDesk(n) (worked(n, 1) || worked(n, 2))
#define inDoubt (state[1] == OFFERED || state[2] == OFFERED)
#else
#define onDesk(n) (worked(n, 1) || worked(n, 2) || worked(n, 3))
#define inDoubt (state[1] == OFFERED || state[2] == OFFERED || state[3] == OFFERED)
#endif
#define quiet(n) (!under(n, 0) && !under(n, 1) && !under(n, 2) && !under(n, 3) && !onDesk(n))
#define allQuiet (quiet(1) && quiet(2) && quiet(3) && quiet(4))
#define over (closed && !inDoubt && allQuiet)

inline check() {
  assert(count(custodian) == 1);
  assert(agents <= 1);
  assert(!split(1) && !split(2) && !split(3) && !split(4))
}

/* A reader has it; the network may keep a second one. */
inline read(n, kind) {
  if
  :: under(n, kind) = 0
  :: repeats > 0 -> repeats--
  fi
}

proctype Site(byte me) {
  byte to, n;
  do
  :: atomic { state[me] == HELD && !agent[me] -> agent[me] = 1; check() }
  :: atomic { state[me] == HELD && agent[me] -> agent[me] = 0; state[me] = CLOSED; closed = 1; check() }
  :: atomic { state[me] == HELD && !agent[me] && epoch[me] < LAST ->
       choosePeer(me, to); n = epoch[me] + 1;
       offer(me, n, to); to = 0; n = 0; check() }
  :: atomic { state[me] == OFFERED && quiet(epoch[me]) -> under(epoch[me], 0) = 1 }
  :: atomic { state[me] == OFFERED && quiet(epoch[me]) -> under(epoch[me], 1) = 1 }
  :: atomic { state[me] == OFFERED && cancels > 0 && !under(epoch[me], 1) -> cancels--; under(epoch[me], 1) = 1 }
  /* The transaction. Afterwards the desk holds the answer. */
  :: atomic { desk[me] == OFFER || desk[me] == CANCEL ->
       n = deskEpoch[me];
       if
       :: TAKES(me, n) -> desk[me] = TAKEN
       :: REFUSES(me, n) -> desk[me] = REFUSAL
       :: OPEN(me, n) && desk[me] == OFFER -> take(me, n); desk[me] = TAKEN
       :: OPEN(me, n) -> refuse(me, n); desk[me] = REFUSAL
       fi;
       n = 0; check() }
  :: atomic { desk[me] == TAKEN -> under(deskEpoch[me], 2) = 1; desk[me] = 0; deskEpoch[me] = 0 }
  :: atomic { desk[me] == REFUSAL -> under(deskEpoch[me], 3) = 1; desk[me] = 0; deskEpoch[me] = 0 }
  :: atomic { desk[me] != 0 && crashes > 0 -> crashes--; desk[me] = 0; deskEpoch[me] = 0 }
  :: atomic { over -> break }
  od
}

/* The network, for epoch n: brings, repeats, loses. */
proctype Exchange(byte n) {
  do
  :: atomic { under(n, 0) && desk[target[n]] == 0 -> desk[target[n]] = OFFER; deskEpoch[target[n]] = n; read(n, 0) }
  :: atomic { under(n, 1) && desk[target[n]] == 0 -> desk[target[n]] = CANCEL; deskEpoch[target[n]] = n; read(n, 1) }
  :: atomic { under(n, 2) ->
       if
       :: state[maker[n]] == OFFERED && epoch[maker[n]] == n -> state[maker[n]] = GONE; read(n, 2)
       :: else -> under(n, 2) = 0
       fi;
       check() }
  :: atomic { under(n, 3) ->
       if
       :: state[maker[n]] == OFFERED && epoch[maker[n]] == n -> state[maker[n]] = HELD; read(n, 3)
       :: else -> under(n, 3) = 0
       fi;
       check() }
  :: atomic { under(n, 0) && losses > 0 -> under(n, 0) = 0; losses-- }
  :: atomic { under(n, 1) && losses > 0 -> under(n, 1) = 0; losses-- }
  :: atomic { under(n, 2) && losses > 0 -> under(n, 2) = 0; losses-- }
  :: atomic { under(n, 3) && losses > 0 -> under(n, 3) = 0; losses-- }
  :: atomic { over -> break }
  od
}

init {
  byte n = 1;
  atomic {
    state[1] = HELD;
    do
    :: n <= SITES -> run Site(n); n++
    :: else -> n = 1; break
    od;
    do
    :: n <= LAST -> run Exchange(n); n++
    :: else -> n = 0; break
    od
  }
}
