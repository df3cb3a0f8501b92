/*
 * What both models of custody share: the row that a site keeps of one contact, and the rules by which it changes.
 * Sites are numbered from 1, so that 0 can mean nobody. The contact begins at site 1 under epoch 0.
 */
#ifndef SITES
#define SITES 3
#endif

#define NONE    0                       /* never heard of it */
#define HELD    1                       /* the custodian: the only state in which an agent may get it */
#define OFFERED 2                       /* frozen: offer `epoch` is in doubt */
#define GONE    3                       /* tombstone: the target of `epoch` took it */
#define REFUSED 4                       /* tombstone: this site refused `epoch` */
#define CLOSED  5
#define SUSPECT 6                       /* restored from a backup; knows not yet what became of it */

#define NOBODY 0
#define SLOTS 8                         /* epochs 1 to 7 at most */

/* Durable, a row for each site. */
byte state[SITES + 1], epoch[SITES + 1];
bit agent[SITES + 1];                   /* an agent of this site has it */

/* Durable at the maker: the outbox's row of each epoch. */
byte maker[SLOTS], target[SLOTS];

/* Ghosts: only the checks read them. */
bit taken[SLOTS], refused[SLOTS];

#define custodian(s) (state[s] == HELD || state[s] == CLOSED || (state[s] == OFFERED && !taken[epoch[s]]))
#define held(s) (state[s] == HELD)
#if SITES == 2
#define count(of) (of(1) + of(2))
#define agents (agent[1] + agent[2])
#elif SITES == 3
#define count(of) (of(1) + of(2) + of(3))
#define agents (agent[1] + agent[2] + agent[3])
#else
#define count(of) (of(1) + of(2) + of(3) + of(4))
#define agents (agent[1] + agent[2] + agent[3] + agent[4])
#endif
#define split(n) (taken[n] && refused[n])

/* A live custody is never overwritten (I4): only a tombstone, nothing at all, or an offer that is known to be taken. */
#define overwritable(s) (state[s] == NONE || state[s] == GONE || state[s] == REFUSED || (state[s] == OFFERED && taken[epoch[s]]))

/* The receiver's two decisions; each is one transaction. */
inline take(s, n) {
  assert(overwritable(s));
  state[s] = HELD; epoch[s] = n; taken[n] = 1
}
inline refuse(s, n) {
  assert(overwritable(s));
  state[s] = REFUSED; epoch[s] = n; refused[n] = 1
}

/* The freeze and the outbox's row are one transaction. */
inline offer(s, n, to) {
  assert(maker[n] == NOBODY);           /* I4: an epoch is made once */
  state[s] = OFFERED; epoch[s] = n; maker[n] = s; target[n] = to
}

/* Another site than s; all of them are tried. */
inline choosePeer(s, to) {
  if
  :: s != 1 -> to = 1
  :: s != 2 -> to = 2
#if SITES > 2
  :: s != 3 -> to = 3
#endif
#if SITES > 3
  :: s != 4 -> to = 4
#endif
  fi
}

#define REFUSES(s, n) (epoch[s] == n && state[s] == REFUSED)   /* decided: refused */
#define TAKES(s, n)   (epoch[s] >= n && !REFUSES(s, n))        /* decided: taken, for whoever is above n has had n taken */
#define OPEN(s, n)    (epoch[s] < n)                           /* not decided here */
