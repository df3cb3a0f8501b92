/// How much a text may ask of whoever reads it.
///
/// A text beyond a bound is refused with ``JSONError`` before anything of it is used; nothing is cut short.
package struct JSONLimits: Sendable, Equatable {
    /// The longest text, in bytes; less than two gigabytes.
    package let maxBytes: Int
    /// How many arrays and objects may lie within one another. Reading recurses, so keep it below 512.
    package let maxDepth: Int
    /// The longest number, in bytes: turning digits into a `Double` costs more than reading them.
    package let maxNumberBytes: Int

    package init(maxBytes: Int = 1 << 20, maxDepth: Int = 32, maxNumberBytes: Int = 512) {
        precondition(maxDepth <= 512, "Reading recurses: a depth above 512 could exhaust the stack.")
        precondition(maxBytes < 1 << 31, "The reader counts bytes in 31 bits.")
        self.maxBytes = maxBytes
        self.maxDepth = maxDepth
        self.maxNumberBytes = maxNumberBytes
    }
}
