/// A part of the configuration with keys of its own: what a room or an adapter wants to know from the operator.
///
/// A section must not contain itself, directly or through another.
package protocol ConfigurationSection: Sendable {
    /// Every key the section reads; any other key in the file is a complaint.
    static var keys: KeyList { get }

    /// Judges keys against one another. Called for every section that is a mapping, whether or not each key is sound;
    /// `ifSound` gives the values that can be judged. Does nothing unless the section says otherwise.
    static func check(_ section: inout SectionReader)

    /// Takes the values. Called only when every key is sound and `check` had nothing to say.
    init(reading section: SectionReader)
}

extension ConfigurationSection {
    package static func check(_ section: inout SectionReader) {}
}
