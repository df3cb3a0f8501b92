/// What the command was told.
struct Options: Sendable {
    var kills = 200
    var seed = UInt64.random(in: 1...999_999)
    var folder: String?
    var binary = ""
    /// Contacts a second, all senders together.
    var rate = 600
    /// Whether the folder is left there when all went well.
    var keeps = false
    /// 1 or 3: three hand contacts to each other under a bad network.
    var sites = 1
    /// With three sites: contacts handed over before the storm ends.
    var transfers = 1000

    static let help = """
        Usage: torture --binary FILE [--kills N] [--seed S] [--rate R] [--folder DIR] [--keep]
                       [--sites 3 [--transfers N]]
        """

    /// Nil when the words mean nothing.
    static func read(_ words: [String]) -> Options? {
        var options = Options()
        var words = words[...]
        while let word = words.popFirst() {
            if word == "--keep" {
                options.keeps = true
                continue
            }
            guard let value = words.popFirst(), options.take(word, value) else { return nil }
        }
        return options.binary.isEmpty ? nil : options
    }

    private mutating func take(_ word: String, _ value: String) -> Bool {
        switch word {
        case "--kills": kills = Int(value) ?? 0
        case "--seed": seed = UInt64(value) ?? 0
        case "--rate": rate = Int(value) ?? 0
        case "--folder": folder = value
        case "--binary": binary = value
        case "--sites": sites = Int(value) ?? 0
        case "--transfers": transfers = Int(value) ?? 0
        default: return false
        }
        return kills >= (sites == 1 ? 1 : 0) && seed > 0 && rate > 0 && (sites == 1 || sites == 3) && transfers > 0
    }
}
