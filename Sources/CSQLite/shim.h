#pragma once
#include <sqlite3.h>

// SQLITE_STATIC and SQLITE_TRANSIENT are casts, which Swift does not import.
static inline sqlite3_destructor_type interflow_sqlite_static(void) { return SQLITE_STATIC; }
static inline sqlite3_destructor_type interflow_sqlite_transient(void) { return SQLITE_TRANSIENT; }

// sqlite3_db_config is variadic, which Swift does not import. Closing then leaves the log as it is.
static inline int interflow_sqlite_keep_log_on_close(sqlite3 *database) {
  return sqlite3_db_config(database, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, (int *)0);
}
