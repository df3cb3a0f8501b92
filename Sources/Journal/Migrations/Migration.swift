/// One step of the schema, applied whole or not at all.
package struct Migration: Sendable, Equatable {
    /// 1, 2, 3 …: the schema's version when it has been applied.
    package let version: Int
    /// What it is for, in a sentence an operator reads.
    package let purpose: String
    /// Its SQL, in order. While it runs nobody else can write; readers go on.
    package let statements: [String]
}

extension Migration {
    /// Every step, oldest first. A step that was released is never changed; a new one is appended.
    package static let all = [base, purgeBookkeeping, closedCustomers]

    /// The schema this version of the program reads and writes.
    package static let newest = all.count
}
