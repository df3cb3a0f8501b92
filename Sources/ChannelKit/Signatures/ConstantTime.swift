import COpenSSL

/// Comparisons whose time says nothing about where two texts differ.
package enum ConstantTime {
    /// Whether both hold the same bytes. Only the lengths, which are no secret, influence the time.
    package static func areEqual(_ one: [UInt8], _ other: [UInt8]) -> Bool {
        one.count == other.count && CRYPTO_memcmp(one, other, one.count) == 0
    }
}
