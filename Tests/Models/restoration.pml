/*
 * A site is restored from a backup, once, at any time; the backup is of any time before. What it decided since is lost,
 * what it sent since is still under way. What it closed since is not modelled: it would be served twice, and nobody could tell.
 */
#ifdef RESTORE
#define decidedThere (toldState[target[keptEpoch]] != NONE && toldEpoch[target[keptEpoch]] == keptEpoch)
#if SITES == 2
#define allTold (told[3 - RESTORED])
#else
#define allTold (told[1] + told[2] + told[3] == 2)
#endif

/* e: the highest epoch in all rows. x, y: the peers whose rows stand at it, nobody where it is our own. */
inline highest() {
  e = keptEpoch; x = NOBODY; y = NOBODY; p = 1;
  do
  :: p <= SITES ->
       if
       :: p != RESTORED && toldState[p] != NONE && toldEpoch[p] > e -> e = toldEpoch[p]; x = p; y = NOBODY
       :: p != RESTORED && toldState[p] != NONE && toldEpoch[p] == e && x != NOBODY -> y = p
       :: else -> skip
       fi;
       p++
  :: else -> break
  od
}

inline settled() {                       /* from here on the site answers */
  fenced[RESTORED] = 1; p = 1;
  do
  :: p <= SITES -> told[p] = 0; toldState[p] = 0; toldEpoch[p] = 0; toldParty[p] = 0; p++
  :: else -> break
  od
}
inline resume()    { settled(); state[RESTORED] = HELD; epoch[RESTORED] = ZEROTH }
inline yield(n)    { settled(); state[RESTORED] = GONE; epoch[RESTORED] = n }
inline giveBack(n) { settled(); state[RESTORED] = REFUSED; epoch[RESTORED] = n; taken[n] = 0; refused[n] = 1 }
#endif

proctype Restoration() {
  byte n, p, e, x, y;
end:
  do
  :: atomic { !kept && state[RESTORED] != CLOSED -> kept = 1; keptState = state[RESTORED]; keptEpoch = epoch[RESTORED] }
  :: atomic { kept && !restored && state[RESTORED] != CLOSED ->
       restored = 1; agent[RESTORED] = 0; epoch[RESTORED] = keptEpoch;
#ifdef BUG_RESTORE
       state[RESTORED] = keptState;
#else
       state[RESTORED] = SUSPECT;
       n = 1;
       do
       :: n <= EPOCHS ->
            if
            :: target[n] == RESTORED ->
                 lateTaken[n] = saidTaken[n]; saidTaken[n] = 0; lateRefused[n] = saidRefused[n]; saidRefused[n] = 0
            :: else -> skip
            fi;
            n++
       :: else -> n = 0; break
       od;
#endif
       check() }
#ifdef RESTORE
  /* FENCE, and its answer. Recording the incarnation comes before telling the row; both can happen again. */
  :: atomic { state[RESTORED] == SUSPECT ->
       choosePeer(RESTORED, p);
       fenced[p] = 1; told[p] = 1; toldState[p] = state[p]; toldEpoch[p] = epoch[p];
       if
       :: state[p] == OFFERED || state[p] == GONE -> toldParty[p] = target[epoch[p]]
       :: state[p] == REFUSED -> toldParty[p] = maker[epoch[p]]
       :: else -> toldParty[p] = NOBODY
       fi;
       p = 0 }
  :: atomic { state[RESTORED] == SUSPECT && allTold ->
       highest();
       if
       :: x == NOBODY && (keptState == HELD || (keptState == OFFERED && !decidedThere)) -> resume()
       :: x == NOBODY && keptState == OFFERED && decidedThere && toldState[target[keptEpoch]] == REFUSED -> resume()
       :: x == NOBODY && keptState == OFFERED && decidedThere && toldState[target[keptEpoch]] != REFUSED -> yield(e)
       :: x == NOBODY && keptState != HELD && keptState != OFFERED -> state[RESTORED] = keptState      /* keep */
       :: x != NOBODY && y != NOBODY -> yield(e)                                 /* both parties of e are peers */
       :: x != NOBODY && y == NOBODY && (toldState[x] == HELD || toldState[x] == CLOSED) -> yield(e)
       :: x != NOBODY && y == NOBODY && toldState[x] == OFFERED && toldParty[x] != RESTORED -> yield(e)
       :: x != NOBODY && y == NOBODY && toldState[x] == OFFERED && toldParty[x] == RESTORED -> giveBack(e)
       :: x != NOBODY && y == NOBODY && (toldState[x] == GONE || toldState[x] == REFUSED) && toldParty[x] == RESTORED ->
            resume()
       :: x != NOBODY && y == NOBODY && (toldState[x] == GONE || toldState[x] == REFUSED) && toldParty[x] != RESTORED ->
            yield(e)                                                             /* it moved on to a peer: somewhere there */
       fi;
       n = 0; p = 0; e = 0; x = 0; y = 0; check() }
#endif
  od
}
