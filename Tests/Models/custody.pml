/*
 * Custody of one contact, safety: what is true in every state that can be reached, whatever the network does.
 *
 * The network. A message that exists stays for ever; it may be read never, once or often, at any time and in any order.
 * That is loss, repetition, reordering and delay in one. From it follows what need not be modelled apart:
 *   - OFFER(n) and CANCEL(n) exist from the moment epoch n is made: "sent later" is "read later", "never" is "not read".
 *   - an answer exists from the moment of its commit: a crash between commit and answer is an answer nobody reads.
 *   - work under way that a crash loses has had no effect: a message that was read and forgotten is one not read.
 * So a state is: the rows, the makers and targets of epochs, and which answers exist.
 *
 * One process acts for each site, one carries the messages of each epoch, and one restores a site (-DRESTORE).
 *
 *   spin -a -DSITES=3 -DEPOCHS=3 custody.pml && gcc -O2 -DSAFETY -w -o pan pan.c && ./pan -m100000
 *
 * Planted bugs, each of which must be found: -DBUG_TIMEOUT (takes back on a timer), -DBUG_NOTOMB (CANCEL leaves no
 * tombstone), -DBUG_ACKFIRST (answers before the commit), -DBUG_NOFENCE (believes answers to other epochs), -DBUG_NOFREEZE
 * (assigns while offered), -DBUG_GC (drops tombstones), -DBUG_SENDFIRST (sends before the commit), -DBUG_RESTORE (a
 * restored site goes on). And two in the cure of the last, with -DRESTORE: -DBUG_TAKESDEAD, -DBUG_HEARSDEAD (offers, answers
 * of the lost incarnation count after the fence).
 */
#ifndef EPOCHS
#define EPOCHS 3                        /* how many an undisturbed run may use */
#endif

#include "rules.pml"

#if defined(RESTORE) || defined(BUG_RESTORE)
#ifndef RESTORED
#define RESTORED 1                      /* the site that loses its newest state, once */
#endif
#ifndef LATER
#define LATER 2                         /* epochs of the restoration, beside its zeroth */
#endif
#define ZEROTH (EPOCHS + 1)             /* the restoration's own epoch: above all that the lost life could make */
#define LAST (ZEROTH + LATER)
#else
#define LAST EPOCHS
#endif

bit saidTaken[SLOTS], saidRefused[SLOTS];            /* answers that exist */

#ifdef RESTORE
bit lateTaken[SLOTS], lateRefused[SLOTS];            /* answers of the incarnation that was lost */
bit fenced[SITES + 1];                               /* has recorded the new incarnation; durable */
bit told[SITES + 1];                                 /* its row is known to the restored site, and is: */
byte toldState[SITES + 1], toldEpoch[SITES + 1], toldParty[SITES + 1];
#define NEXT(s) (fenced[s] && epoch[s] <= ZEROTH -> ZEROTH + 1 : epoch[s] + 1)
#define MAKES(s) (NEXT(s) <= LAST && (fenced[s] || NEXT(s) <= EPOCHS))
#ifdef BUG_TAKESDEAD
#define FROM_THE_DEAD(n, s) (0)
#else
#define FROM_THE_DEAD(n, s) (maker[n] == RESTORED && n <= EPOCHS && fenced[s])
#endif
#ifdef BUG_HEARSDEAD
#define HEARS_THE_DEAD(s) (1)
#else
#define HEARS_THE_DEAD(s) (!fenced[s])
#endif
#else
#define NEXT(s) (epoch[s] + 1)
#define MAKES(s) (NEXT(s) <= LAST)
#define FROM_THE_DEAD(n, s) (0)
#endif

#if defined(RESTORE) || defined(BUG_RESTORE)
bit kept, restored;
byte keptState, keptEpoch;                           /* the backup */
#endif

#ifdef RESTORE
#define WHOLE (state[RESTORED] != SUSPECT)
#else
#define WHOLE (1)
#endif

inline check() {
  assert(!WHOLE || count(custodian) == 1);           /* I1 and I2: exactly one */
  assert(count(held) <= 1);
  assert(agents <= 1);                               /* I3 */
  assert(!split(1) && !split(2) && !split(3) && !split(4) && !split(5) && !split(6) && !split(7))    /* I5 */
}

/* What people and the router do at a site. */
proctype Site(byte me) {
  byte to, next;
end:
  do
  :: atomic { state[me] == HELD && !agent[me] -> agent[me] = 1; check() }
  :: atomic { state[me] == HELD && agent[me] -> agent[me] = 0; check() }
  :: atomic { state[me] == HELD && agent[me] -> agent[me] = 0; state[me] = CLOSED; check() }
  :: atomic { state[me] == HELD && !agent[me] && MAKES(me) ->
       choosePeer(me, to);
       next = NEXT(me);
#ifdef BUG_SENDFIRST
       maker[next] = me; target[next] = to;                    /* on the wire */
       if
       :: state[me] = OFFERED; epoch[me] = next
       :: skip                                                 /* a crash, before it was written down */
       fi;
#else
       offer(me, next, to);
#endif
       to = 0; next = 0; check() }
#ifdef BUG_NOFREEZE
  :: atomic { state[me] == OFFERED && !agent[me] -> agent[me] = 1; check() }
#endif
#ifdef BUG_TIMEOUT
  :: atomic { state[me] == OFFERED -> state[me] = HELD; check() }
#endif
#ifdef BUG_GC
  :: atomic { state[me] == GONE || state[me] == REFUSED -> state[me] = NONE; epoch[me] = 0; check() }
#endif
  od
}

/* The messages of epoch n: OFFER and CANCEL to its target, TAKEN and REFUSED to its maker. */
proctype Exchange(byte n) {
  byte at;
end:
  do
  :: atomic { maker[n] != NOBODY && state[target[n]] != SUSPECT ->                  /* OFFER(n) is read */
       at = target[n];
       if
       :: TAKES(at, n) -> saidTaken[n] = 1
       :: REFUSES(at, n) -> saidRefused[n] = 1
       :: OPEN(at, n) && FROM_THE_DEAD(n, at) -> skip
#ifdef BUG_ACKFIRST
       :: OPEN(at, n) -> saidTaken[n] = 1                                           /* and a crash */
#endif
       :: OPEN(at, n) && !FROM_THE_DEAD(n, at) -> take(at, n); saidTaken[n] = 1
       :: OPEN(at, n) && !FROM_THE_DEAD(n, at) -> refuse(at, n); saidRefused[n] = 1
       fi;
       at = 0; check() }
  :: atomic { maker[n] != NOBODY && state[target[n]] != SUSPECT ->                  /* CANCEL(n) is read */
       at = target[n];
       if
       :: TAKES(at, n) -> saidTaken[n] = 1
       :: REFUSES(at, n) -> saidRefused[n] = 1
       :: OPEN(at, n) && FROM_THE_DEAD(n, at) -> skip
#ifdef BUG_NOTOMB
       :: OPEN(at, n) -> saidRefused[n] = 1
#else
       :: OPEN(at, n) && !FROM_THE_DEAD(n, at) -> refuse(at, n); saidRefused[n] = 1
#endif
       fi;
       at = 0; check() }
#ifdef BUG_NOFENCE
  :: atomic { saidTaken[n] && state[maker[n]] == OFFERED -> state[maker[n]] = GONE; check() }
  :: atomic { saidRefused[n] && state[maker[n]] == OFFERED -> state[maker[n]] = HELD; check() }
#else
  :: atomic { saidTaken[n] && state[maker[n]] == OFFERED && epoch[maker[n]] == n -> state[maker[n]] = GONE; check() }
  :: atomic { saidRefused[n] && state[maker[n]] == OFFERED && epoch[maker[n]] == n -> state[maker[n]] = HELD; check() }
#endif
#ifdef RESTORE
  :: atomic { lateTaken[n] && HEARS_THE_DEAD(maker[n]) && state[maker[n]] == OFFERED && epoch[maker[n]] == n ->
       state[maker[n]] = GONE; check() }
  :: atomic { lateRefused[n] && HEARS_THE_DEAD(maker[n]) && state[maker[n]] == OFFERED && epoch[maker[n]] == n ->
       state[maker[n]] = HELD; check() }
#endif
  od
}

#if defined(RESTORE) || defined(BUG_RESTORE)
#include "restoration.pml"
#endif

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
    od;
#if defined(RESTORE) || defined(BUG_RESTORE)
    run Restoration()
#endif
  }
}
