/// Everything wrong with one configuration, in file order. The start stops here; nothing was applied.
package struct ConfigurationError: Error, Hashable, Sendable {
    /// At most `ConfigurationLimits.complaintsMax`; never empty.
    package let complaints: [Complaint]
    /// How many further complaints the bound left out.
    package let unlisted: Int

    /// Keeps the first `ConfigurationLimits.complaintsMax` complaints by line and column, and counts the rest.
    package init(_ complaints: [Complaint]) {
        precondition(!complaints.isEmpty, "A configuration error holds at least one complaint.")
        let ordered = complaints.enumerated().sorted { one, other in
            (one.element.place.line, one.element.place.column, one.offset)
                < (other.element.place.line, other.element.place.column, other.offset)
        }
        self.complaints = ordered.prefix(ConfigurationLimits.complaintsMax).map(\.element)
        self.unlisted = complaints.count - self.complaints.count
    }
}

extension ConfigurationError: CustomStringConvertible {
    /// One line for each complaint, fit for a terminal.
    package var description: String {
        var lines = complaints.map(\.description)
        if unlisted > 0 { lines.append("and \(unlisted) more complaints; mend these first") }
        return lines.joined(separator: "\n")
    }
}
