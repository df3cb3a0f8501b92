internal import CLinux
internal import Glibc

/// The other end of a connection. IPv4 inside IPv6 is read as IPv4.
package struct PeerAddress: Sendable, Hashable {
    /// The address in network order; an IPv4 address stands in the last four bytes behind `::ffff:`.
    private let high: UInt64
    private let low: UInt64
    package let port: UInt16

    private init(high: UInt64, low: UInt64, port: UInt16) {
        self.high = high
        self.low = low
        self.port = port
    }

    private static let mappedPrefix: UInt64 = 0x0000_ffff_0000_0000

    /// 127.0.0.1, port 0.
    package static let loopback = PeerAddress(ipv4: 0x7f00_0001, port: 0)

    /// - Parameter ipv4: the address with its first number in the highest byte.
    package init(ipv4: UInt32, port: UInt16) {
        self.init(high: 0, low: Self.mappedPrefix | UInt64(ipv4), port: port)
    }

    /// What the kernel wrote about a socket; nil for a family that is neither IPv4 nor IPv6.
    init?(_ storage: sockaddr_storage) {
        switch Int32(storage.ss_family) {
        case AF_INET:
            let address = withUnsafeBytes(of: storage) { $0.load(as: sockaddr_in.self) }
            self.init(ipv4: UInt32(bigEndian: address.sin_addr.s_addr), port: UInt16(bigEndian: address.sin_port))
        case AF_INET6:
            let address = withUnsafeBytes(of: storage) { $0.load(as: sockaddr_in6.self) }
            let halves = withUnsafeBytes(of: address.sin6_addr) {
                ($0.loadUnaligned(as: UInt64.self), $0.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
            }
            self.init(
                high: UInt64(bigEndian: halves.0), low: UInt64(bigEndian: halves.1),
                port: UInt16(bigEndian: address.sin6_port))
        default: return nil
        }
    }

    /// A numeric address, with port 0; nil for anything else, brackets and zones included.
    package init?(text: String) {
        guard let storage = SocketAddress(text, port: 0)?.storage else { return nil }
        self.init(storage)
    }

    package var isIPv4: Bool { high == 0 && low & ~0xffff_ffff == Self.mappedPrefix }

    package var isLoopback: Bool { isIPv4 ? low >> 24 & 0xff == 127 : high == 0 && low == 1 }

    /// The address as text, without brackets, port or zone.
    package var ip: String {
        if isIPv4 { return "\(low >> 24 & 0xff).\(low >> 16 & 0xff).\(low >> 8 & 0xff).\(low & 0xff)" }
        var bytes = (high.bigEndian, low.bigEndian)
        return withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(INET6_ADDRSTRLEN)) { text in
            guard inet_ntop(AF_INET6, &bytes, text.baseAddress, socklen_t(text.count)) != nil else { return "?" }
            return String(cString: text.baseAddress!)
        }
    }

    /// What connections are counted by: an IPv4 address, or the first 64 bits of an IPv6 address, since
    /// one IPv6 customer owns at least that many.
    struct Neighbourhood: Sendable, Hashable {
        private let prefix: UInt64
        private let isIPv4: Bool

        init(_ address: PeerAddress) {
            isIPv4 = address.isIPv4
            prefix = address.isIPv4 ? address.low : address.high
        }
    }
}

extension PeerAddress: CustomStringConvertible {
    package var description: String { isIPv4 ? "\(ip):\(port)" : "[\(ip)]:\(port)" }
}
