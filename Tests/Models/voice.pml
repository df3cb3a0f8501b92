/*
 * A live call between two sites. A call cannot be offered twice, so nobody decides by message: the switch that holds the caller's
 * leg does. Sites only reserve, and either may drop a reservation on its own timer; custody moves when the leg moves.
 *
 *   spin -a voice.pml && gcc -O2 -DSAFETY -w -o pan pan.c && ./pan -m200000        asserts; ends where it must
 *                        gcc -O2 -DNP -w -o pan pan.c && ./pan -l -m200000         no cycle: every call ends
 *
 * Planted bugs, each of which must be found: -DBUG_OWNACC (an agent rings on a reservation), -DBUG_NOSYNC (the journal is
 * believed after a restart), -DBUG_NOGUARD (the switch has no default route), -DBUG_EARLY (the timer takes the call back
 * while a redirect is outstanding).
 */
#ifndef TRIES
#define TRIES 3                         /* offers in all */
#endif
#ifndef CRASHES
#define CRASHES 2
#endif

/* Where the leg is: at site 1 or 2, or */
#define ROUTED 3                        /* at the switch's default route */
#define ENDED  4                        /* the caller hung up */

/* What a site believes. */
#define NONE    0
#define HERE    1                       /* the leg is mine: an agent may ring */
#define OFFERED 2                       /* frozen: the peer was asked, a redirect may be outstanding */

/* What a site has asked of the switch and not heard of. */
#define CONNECT  1
#define REDIRECT 2

/* The switch. */
byte leg = 1;
bit talking[3];

/* The sites, durable. */
byte belief[3], offered[3], reserved[3], heard[3];
bit agent[3];

/* A site's session with the switch; it dies with the site. */
bit up[3], inSync[3], dead[3];
byte asked[3];
bit arrived[3], left[3], failed[3];

/* Between the sites: an offer or a label that exists may be read late, often or never. */
bit offer[TRIES + 1], label[TRIES + 1];

byte tries = 0, crashes = CRASHES;
bit over = 0;

#define peer(s) (3 - (s))
#define works(s) (up[s] && inSync[s])
#define outstanding(s) (asked[s] != 0 || left[s] || failed[s])
#define settled(s) (dead[s] || (works(s) && !outstanding(s) && !arrived[s] && agent[s] == talking[s] && reserved[s] == 0 && belief[s] != OFFERED))
#define atSite (leg == 1 || leg == 2)

inline check() {
  assert(agent[1] + agent[2] <= 1);                                              /* V1 */
  assert(!talking[1] || leg == 1); assert(!talking[2] || leg == 2);              /* V2 */
  assert(!(works(1) && belief[1] == HERE && !left[1]) || leg == 1);              /* V3 */
  assert(!(works(2) && belief[2] == HERE && !left[2]) || leg == 2)
}

proctype Site(byte me) {
  do
  /* Its own agents. */
  :: atomic { works(me) && belief[me] == HERE && !agent[me] && asked[me] == 0 ->
       agent[me] = 1; asked[me] = CONNECT; check() }
#ifdef BUG_OWNACC
  :: atomic { works(me) && reserved[me] != 0 && !agent[me] -> agent[me] = 1; check() }
#endif
  /* Towards the peer: offer, redirect once there is a label, or think better of it. */
  :: atomic { works(me) && belief[me] == HERE && !agent[me] && asked[me] == 0 && tries < TRIES ->
       tries++; offered[me] = tries; belief[me] = OFFERED; offer[tries] = 1; check() }
  :: atomic { works(me) && belief[me] == OFFERED && label[offered[me]] && !outstanding(me) -> asked[me] = REDIRECT }
#ifdef BUG_EARLY
  :: atomic { works(me) && belief[me] == OFFERED -> belief[me] = HERE; check() }
#else
  :: atomic { works(me) && belief[me] == OFFERED && !outstanding(me) -> belief[me] = HERE; check() }
#endif
  /* For the peer: a reservation, which lapses. The newest offer only; older ones are known or superseded. */
  :: atomic { works(me) && tries > heard[me] && offer[tries] && offered[peer(me)] == tries ->
       heard[me] = tries;
       if
       :: reserved[me] = tries; label[tries] = 1
       :: skip                                                                   /* no room */
       fi }
  :: atomic { works(me) && reserved[me] != 0 -> reserved[me] = 0 }
  /* What the switch tells. */
  :: atomic { works(me) && left[me] -> left[me] = 0; belief[me] = NONE; agent[me] = 0; check() }
  :: atomic { works(me) && failed[me] ->
       failed[me] = 0;
       if
       :: belief[me] == OFFERED -> belief[me] = HERE
       :: else -> skip
       fi;
       check() }
  :: atomic { works(me) && arrived[me] && !left[me] -> arrived[me] = 0; belief[me] = HERE; reserved[me] = 0; check() }
  /* Crash, perhaps for good; restart; the snapshot of legs, before which nothing is done. */
  :: atomic { up[me] && crashes > 0 ->
       crashes--; up[me] = 0; inSync[me] = 0; asked[me] = 0; arrived[me] = 0; left[me] = 0; failed[me] = 0;
       if
       :: dead[me] = 1
       :: skip
       fi }
  :: atomic { !up[me] && !dead[me] ->
       up[me] = 1;
#ifdef BUG_NOSYNC
       inSync[me] = 1; check()
#endif
     }
  :: atomic { up[me] && !inSync[me] ->
       inSync[me] = 1; arrived[me] = 0; left[me] = 0; failed[me] = 0;
       if
       :: leg == me -> belief[me] = HERE; agent[me] = talking[me]
       :: else -> belief[me] = NONE; agent[me] = 0
       fi;
       check() }
  :: over -> break
  od
}

/* The switch does what a site asks, while the caller's leg is there. */
proctype Session(byte s) {
  do
  :: atomic { asked[s] == CONNECT && up[s] ->
       asked[s] = 0;
       if
       :: leg == s -> talking[s] = 1
       :: else -> skip
       fi;
       check() }
  :: atomic { asked[s] == REDIRECT && up[s] ->
       asked[s] = 0;
       if
       :: leg == s -> leg = peer(s); talking[s] = 0; left[s] = 1; arrived[peer(s)] = 1
       :: leg == s -> failed[s] = 1
       :: else -> skip                                                           /* it left: that event is under way */
       fi;
       check() }
  :: atomic { leg == s -> leg = ENDED; talking[s] = 0; left[s] = 1; arrived[s] = 0; check() }     /* the caller hangs up */
#ifdef BUG_NOGUARD
  :: atomic { leg == s && dead[s] && !talking[s] -> assert(false) }                               /* silence for ever */
#else
  :: atomic { leg == s && !up[s] && !talking[s] -> leg = ROUTED }
#endif
  :: atomic { (!atSite || talking[leg]) && settled(1) && settled(2) -> over = 1 ; break }
  :: over -> break
  od
}

init {
  atomic {
    up[1] = 1; up[2] = 1; inSync[1] = 1; inSync[2] = 1; belief[1] = HERE;
    run Site(1); run Site(2); run Session(1); run Session(2)
  }
}
