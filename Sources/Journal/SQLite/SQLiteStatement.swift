import CSQLite

/// A compiled statement, bound and stepped again and again.
///
/// Bytes are bound without copies, so a caller binds, steps and resets inside the scope in which they are valid.
final class SQLiteStatement {
    let handle: OpaquePointer

    init(_ handle: OpaquePointer) {
        self.handle = handle
    }

    @inline(__always)
    func bind(_ value: Int64, at index: Int32) {
        sqlite3_bind_int64(handle, index, value)
    }

    @inline(__always)
    func bind(_ value: Int64?, at index: Int32) {
        if let value { sqlite3_bind_int64(handle, index, value) } else { sqlite3_bind_null(handle, index) }
    }

    /// Binds text that must stay valid until the statement is reset. No bytes and no address means the empty text.
    @inline(__always)
    func bind(text bytes: UnsafeBufferPointer<UInt8>, at index: Int32) {
        guard let base = bytes.baseAddress else {
            sqlite3_bind_text(handle, index, "", 0, interflow_sqlite_transient())
            return
        }
        // A nil destructor is SQLITE_STATIC: SQLite neither copies nor frees.
        UnsafeRawPointer(base).withMemoryRebound(to: CChar.self, capacity: bytes.count) {
            _ = sqlite3_bind_text(handle, index, $0, Int32(bytes.count), nil)
        }
    }

    /// Binds a copy, for places where a nest of scopes is not worth it.
    func bind(copyOf text: String, at index: Int32) {
        text.withBytes { bytes in
            // With its length: a text may contain a zero byte.
            bytes.withMemoryRebound(to: CChar.self) {
                _ = sqlite3_bind_text(handle, index, $0.baseAddress, Int32($0.count), interflow_sqlite_transient())
            }
        }
    }

    /// Steps once and resets: for statements that return no rows. Answers SQLITE_DONE when all went well.
    @inline(__always)
    func run() -> Int32 {
        let code = sqlite3_step(handle)
        sqlite3_reset(handle)
        return code
    }

    @inline(__always)
    func step() -> Int32 { sqlite3_step(handle) }

    @inline(__always)
    func reset() { sqlite3_reset(handle) }

    func integer(_ column: Int32) -> Int64 { sqlite3_column_int64(handle, column) }

    func optionalInteger(_ column: Int32) -> Int64? {
        isNull(column) ? nil : sqlite3_column_int64(handle, column)
    }

    func isNull(_ column: Int32) -> Bool { sqlite3_column_type(handle, column) == SQLITE_NULL }

    func bytes(_ column: Int32) -> [UInt8] { Array(buffer(column)) }

    func optionalBytes(_ column: Int32) -> [UInt8]? { isNull(column) ? nil : bytes(column) }

    func string(_ column: Int32) -> String { String(decoding: buffer(column), as: UTF8.self) }

    func optionalString(_ column: Int32) -> String? { isNull(column) ? nil : string(column) }

    /// The column's bytes, valid until the next step or reset.
    func buffer(_ column: Int32) -> UnsafeBufferPointer<UInt8> {
        let start = sqlite3_column_text(handle, column)
        return UnsafeBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, column)))
    }
}
