/// Gives the same `String` for the same bytes again: a journal has some dozens of types, and a million rows.
struct TypeNames {
    /// Names kept; a power of two. Two names that fall on the same place replace each other, and cost an allocation.
    private static let places = 256
    private var names = [String](repeating: "", count: places)

    mutating func name(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
        var place = bytes.count
        for byte in bytes { place = place &* 31 &+ Int(byte) }
        place &= Self.places - 1
        let known = names[place]
        if known.withBytes({ $0.elementsEqual(bytes) }) { return known }
        let name = String(decoding: bytes, as: UTF8.self)
        names[place] = name
        return name
    }
}
