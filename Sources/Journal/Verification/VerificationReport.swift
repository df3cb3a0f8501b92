/// What a verification found. An empty list of findings means: whole.
package struct VerificationReport: Sendable, Equatable {
    /// One thing that is wrong.
    package struct Finding: Sendable, Equatable {
        /// The entry it was found at; nil when it concerns no single entry.
        package let sequence: Int64?
        package let text: String

        package init(sequence: Int64?, text: String) {
            self.sequence = sequence
            self.text = text
        }
    }

    /// Findings kept; more are only counted.
    package static let findingsMax = 100

    /// The range of entries that was walked; `through` is less than the last when the caller stopped it.
    package internal(set) var from: Int64
    package internal(set) var through: Int64
    package internal(set) var entriesChecked: Int64 = 0
    package internal(set) var contentsChecked: Int64 = 0
    package internal(set) var stateRowsChecked: Int64 = 0
    package internal(set) var findings: [Finding] = []
    /// All findings, also those beyond ``findingsMax``.
    package internal(set) var findingsCount: Int64 = 0
    /// Whether the caller stopped it before the end.
    package internal(set) var wasStopped = false

    package var isWhole: Bool { findingsCount == 0 && !wasStopped }

    init(from: Int64) {
        self.from = from
        through = from - 1
    }

    mutating func note(_ sequence: Int64?, _ text: String) {
        findingsCount += 1
        guard findings.count < Self.findingsMax else { return }
        findings.append(Finding(sequence: sequence, text: text))
    }
}
