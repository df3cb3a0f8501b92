#pragma once
#include <sqlite3.h>

// SQLITE_STATIC and SQLITE_TRANSIENT are casts, which Swift does not import.
static inline sqlite3_destructor_type interflow_sqlite_static(void) { return SQLITE_STATIC; }
static inline sqlite3_destructor_type interflow_sqlite_transient(void) { return SQLITE_TRANSIENT; }
