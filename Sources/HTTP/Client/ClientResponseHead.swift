/// Gathers status and fields from the lines libcurl hands over. Pure.
struct ClientResponseHead: Sendable, Hashable {
    private(set) var status = 0
    private(set) var fields: [ClientField] = []
    private(set) var bytesSeen = 0
    /// Set with the first byte of body: a field that comes after it is a trailer, which is counted and not kept.
    var isComplete = false
    /// Whether the empty line came that ends a head: libcurl calls an answer whole whose connection ended before it.
    private(set) var hasEnded = false

    /// One line with its end. A status line begins anew: what came before it was an interim answer (1xx).
    mutating func take(_ line: some Collection<UInt8>) {
        bytesSeen += line.count
        guard !isComplete else { return }
        let text = Self.trimmed(line)
        if text.starts(with: "HTTP/".utf8) {
            status = Self.status(text)
            fields = []
            hasEnded = false
        } else if text.isEmpty {
            hasEnded = true
        } else if let colon = text.firstIndex(of: UInt8(ascii: ":")) {
            let name = String(decoding: text[..<colon], as: UTF8.self)
            fields.append(ClientField(name, String(decoding: Self.trimmed(text[colon...].dropFirst()), as: UTF8.self)))
        }
    }

    /// The three digits after the version; 0 where there are none.
    private static func status(_ line: some Collection<UInt8>) -> Int {
        let parts = line.split(separator: 0x20, maxSplits: 2)
        guard parts.count > 1, parts[1].count == 3, parts[1].allSatisfy({ (0x30...0x39).contains($0) }) else {
            return 0
        }
        return parts[1].reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }

    private static func trimmed<Bytes: Collection<UInt8>>(_ bytes: Bytes) -> [UInt8] {
        func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0d || byte == 0x0a }
        let tail = Array(bytes.drop(while: isSpace))
        guard let last = tail.lastIndex(where: { !isSpace($0) }) else { return [] }
        return Array(tail[...last])
    }
}
