/// Units of one quantity, largest first: reads `16KiB` and writes it again.
struct UnitTable: Sendable {
    private let units: [(name: String, worth: Int64)]

    init(_ units: [(name: String, worth: Int64)]) {
        self.units = units
    }

    func written(_ amount: Int64) -> String {
        for unit in units where amount % unit.worth == 0 && (amount != 0 || unit.worth == 1) {
            return "\(amount / unit.worth)\(unit.name)"
        }
        return "\(amount)"
    }

    /// The amount in the smallest unit. Whole numbers only; blanks, signs and missing units are refused.
    func amount(of text: String) throws(Refusal) -> Int64 {
        let digits = text.utf8.prefix { $0.isASCIIDigit }.count
        let name = String(text.dropFirst(digits))
        guard digits > 0 else { throw Refusal("needs a whole number and a unit, as in \(example)", hint: nil) }
        guard !name.isEmpty else { throw Refusal("needs a unit", hint: "write \(text)\(units[0].name) or \(list)") }
        guard let unit = units.first(where: { $0.name == name }) else {
            throw Refusal("has no unit \(Printable.quoted(name))", hint: "units are \(list)")
        }
        guard let count = Int64(text.prefix(digits)), text.first != "0" || digits == 1 else {
            throw Refusal("needs a whole number without leading zeros, as in \(example)", hint: nil)
        }
        let (amount, overflow) = count.multipliedReportingOverflow(by: unit.worth)
        guard !overflow else { throw Refusal("is too large", hint: nil) }
        return amount
    }

    private var example: String { "5\(units[1].name)" }
    private var list: String { units.map(\.name).joined(separator: ", ") }
}
