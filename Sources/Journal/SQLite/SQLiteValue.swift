/// What a question is asked with.
enum SQLiteValue {
    case integer(Int64)
    case text(String)
}
