/// A section while it is being read: its values by key, its places, and the complaints it makes itself.
package struct SectionReader {
    /// Where the section begins.
    package let place: Place
    /// Whether files that the section names may be opened; else everything about them is assumed to be well.
    package let files: Reading.Files
    private var entries: [String: ConfigurationNode.Entry] = [:]  // Looked up only.
    private var values: [String: ReadKey] = [:]  // Looked up only.
    private(set) var complaints: [Complaint] = []

    init(entries: [ConfigurationNode.Entry], place: Place, files: Reading.Files) {
        self.place = place
        self.files = files
        for entry in entries { self.entries[entry.name] = entry }
    }

    func entry(_ name: String) -> ConfigurationNode.Entry? { entries[name] }

    mutating func take(_ value: ReadKey, named name: String) { values[name] = value }

    /// The value of a key in `init(reading:)`, where every declared key is sound.
    package subscript<Value>(key: Key<Value>) -> Value {
        guard let value = ifSound(key) else {
            preconditionFailure("\(key.name) is read but does not stand in the section's list of keys.")
        }
        return value
    }

    /// The value of a key in `check(_:)`; nil when it was complained about.
    package func ifSound<Value>(_ key: Key<Value>) -> Value? {
        (values[key.name]?.sound as? Sound<Value>)?.value
    }

    /// Whether nothing that the file gives it was complained about: what is missing may still be.
    package var isSound: Bool { complaints.isEmpty && entries.keys.allSatisfy { values[$0] != nil } }

    /// Where the value at `path` stands, or the last thing on the way there that was written; the place speaks of the whole
    /// path either way. Items of a list go by their index.
    package func place(at path: [String]) -> Place {
        guard let first = path.first, let entry = entries[first] else { return place.stepping(along: path[...]) }
        return path.count == 1 ? entry.place : entry.value.place(at: path.dropFirst(), of: entry.place)
    }

    /// Whether the file holds the key; otherwise its default is in force.
    package func isGiven<Value>(_ key: Key<Value>) -> Bool { entries[key.name] != nil }

    /// Where a key's value stands, or the section itself when the key was left out.
    package func place<Value>(of key: Key<Value>) -> Place {
        entries[key.name]?.value.place ?? place.stepping(to: key.name)
    }

    /// Refuses a key's value for a reason its type cannot know.
    package mutating func complain<Value>(at key: Key<Value>, _ reason: String, hint: String? = nil) {
        complain(at: place(of: key), reason, hint: hint)
    }

    /// Refuses a pair of keys; the text ends with the line of the second.
    package mutating func complain<One, Other>(
        at key: Key<One>, and other: Key<Other>, _ reason: String, hint: String? = nil
    ) {
        let end =
            isGiven(other)
            ? "(\(other.name) stands in line \(place(of: other).line))" : "(\(other.name) is the default)"
        complain(at: place(of: key), "\(reason) \(end)", hint: hint)
    }

    /// Refuses something at a place that a `Located` or `Named` value carries.
    package mutating func complain(at place: Place, _ reason: String, hint: String? = nil) {
        complaints.append(Complaint(at: place, reason, hint: hint))
    }
}
