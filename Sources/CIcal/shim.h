#pragma once
#include <libical/ical.h>

// A recurrence is a struct of some three kilobytes, which Swift would import as tuples of hundreds of members.
//
// A rule ends at `end` at the latest: libical 3.0.16 looks for the next occurrence until the year 2582, day by day.
static inline icalrecur_iterator *interflow_ical_iterator(
    icalproperty *rule, struct icaltimetype start, struct icaltimetype end) {
  struct icalrecurrencetype recurrence = icalproperty_get_rrule(rule);
  if (icaltime_is_null_time(recurrence.until) || icaltime_compare(end, recurrence.until) < 0) recurrence.until = end;
  return icalrecur_iterator_new(recurrence, start);
}
static inline icalrecurrencetype_frequency interflow_ical_frequency(icalproperty *rule) {
  return icalproperty_get_rrule(rule).freq;
}
