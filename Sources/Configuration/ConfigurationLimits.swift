/// The bounds of a configuration file. Each is answered with a complaint that names it; nothing is cut in silence.
package enum ConfigurationLimits {
    /// Bytes in the file.
    package static let bytesMax = 1 << 20
    /// Mappings and lists within one another.
    package static let depthMax = 32
    /// Scalars, lists and mappings together, keys included.
    package static let nodesMax = 100_000
    /// Bytes in one key or name.
    package static let nameBytesMax = 128
    /// Complaints printed; the others are counted.
    package static let complaintsMax = 100
    /// Bytes in a secret's file.
    package static let secretBytesMax = 64 << 10
}
