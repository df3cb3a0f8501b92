import CSQLite
import Testing

/// A second, ordinary connection: what an operator's `sqlite3` or a vandal does to the file.
func sqlite(_ path: String, _ statements: String..., sourceLocation: SourceLocation = #_sourceLocation) {
    var database: OpaquePointer?
    #expect(sqlite3_open(path, &database) == SQLITE_OK, sourceLocation: sourceLocation)
    for statement in statements {
        let code = sqlite3_exec(database, statement, nil, nil, nil)
        #expect(code == SQLITE_OK, "\(String(cString: sqlite3_errmsg(database)))", sourceLocation: sourceLocation)
    }
    sqlite3_close(database)
}

/// Text rows of a question, columns joined by `|`.
func sqliteRows(_ path: String, _ question: String) -> [String] {
    var database: OpaquePointer?
    var statement: OpaquePointer?
    defer {
        sqlite3_finalize(statement)
        sqlite3_close(database)
    }
    sqlite3_open_v2(path, &database, SQLITE_OPEN_READONLY, nil)
    sqlite3_prepare_v2(database, question, -1, &statement, nil)
    var rows: [String] = []
    while sqlite3_step(statement) == SQLITE_ROW {
        let columns = (0..<sqlite3_column_count(statement)).map { column in
            sqlite3_column_text(statement, column).map { String(cString: $0) } ?? ""
        }
        rows.append(columns.joined(separator: "|"))
    }
    return rows
}
