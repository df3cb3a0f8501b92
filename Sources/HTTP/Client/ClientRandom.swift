import Glibc

/// Bytes nobody can foresee, from the kernel.
enum ClientRandom {
    static func bytes(_ count: Int) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            // getrandom(2) underneath, never cut short up to 256 bytes.
            precondition(getentropy(buffer.baseAddress, count) == 0, "the kernel gave no random bytes")
            filled = count
        }
    }
}
