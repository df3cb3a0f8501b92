/// The site's own key, from which pseudonyms are made: a file of 32 bytes beside the journal, made with the journal.
package enum SiteKey {
    package static let fileName = "site.key"

    package struct Failure: Error, CustomStringConvertible {
        package let description: String
    }

    /// Reads the key in `folder`, or makes one where there is no journal yet.
    ///
    /// A journal without its key is refused: with a new key no conversation would be recognised and nobody's opt-out
    /// would count any more.
    package static func load(folder: String, journalExists: Bool) throws(Failure) -> [UInt8] {
        let path = "\(folder)/\(fileName)"
        do throws(KeyFile.Failure) {
            if let key = try KeyFile.read(path) { return key }
            guard !journalExists else {
                throw KeyFile.Failure(
                    description: "\(path) is missing beside its journal; restore it from the backup of the same journal"
                )
            }
            return try KeyFile.make(path)
        } catch {
            throw Failure(description: error.description)
        }
    }
}
