import Glibc

/// Which addresses a client may connect to. Asked for each socket about the very address it will connect to, after
/// names are resolved: a name that later resolves elsewhere (DNS rebinding) gains nothing.
package enum AddressPolicy: Sendable, Hashable {
    /// Any address: for URLs only an operator of this site can set and that may lie in its own network.
    case operatorsOwn
    /// Only addresses the public internet routes to one host: for URLs that people outside may have chosen.
    case publicOnly

    /// Whether a socket to this address may be opened. 4 bytes are IPv4, 16 are IPv6, anything else is never public.
    func permits(_ address: [UInt8]) -> Bool {
        self == .operatorsOwn || Self.isPublic(address)
    }

    /// Whether the public internet routes this address (4 or 16 bytes, network order) to one host.
    ///
    /// Source: the IANA special-purpose address registries (RFC 6890 and successors). IPv6 names what is allowed,
    /// 2000::/3, so that mapped, translated (NAT64), local and future ranges are refused without being listed.
    package static func isPublic(_ address: [UInt8]) -> Bool {
        switch address.count {
        case 4: !specialIPv4.contains { $0.contains(address) }
        case 16: globalUnicastIPv6.contains(address) && !specialIPv6.contains { $0.contains(address) }
        default: false
        }
    }

    /// The same for an address as people and libcurl may write it: dotted, short, octal and hexadecimal IPv4
    /// (`0x7f.1`, `2130706433`) and IPv6 with or without brackets and zone. Nil when `text` is not an address but a name.
    package static func isPublic(literal text: String) -> Bool? {
        var four = in_addr()
        if inet_aton(text, &four) != 0 { return isPublic(withUnsafeBytes(of: four) { Array($0) }) }
        var bare = Substring(text)
        if bare.first == "[", bare.last == "]" { bare = bare.dropFirst().dropLast() }
        if let zone = bare.firstIndex(of: "%") { bare = bare[..<zone] }
        var sixteen = in6_addr()
        guard inet_pton(AF_INET6, String(bare), &sixteen) == 1 else { return nil }
        return isPublic(withUnsafeBytes(of: sixteen) { Array($0) })
    }

    private struct Range {
        let prefix: [UInt8]
        let bits: Int

        init(_ prefix: [UInt8], _ bits: Int) {
            self.prefix = prefix
            self.bits = bits
        }

        func contains(_ address: [UInt8]) -> Bool {
            (0..<bits).allSatisfy { bit in
                let known = bit / 8 < prefix.count ? prefix[bit / 8] : 0
                return (known ^ address[bit / 8]) & (0x80 >> UInt8(bit % 8)) == 0
            }
        }
    }

    private static let specialIPv4 = [
        Range([0], 8),  // this network
        Range([10], 8),  // private
        Range([100, 64], 10),  // carrier-grade NAT
        Range([127], 8),  // loopback
        Range([169, 254], 16),  // link-local, and the metadata services of clouds
        Range([172, 16], 12),  // private
        Range([192, 0, 0], 24),  // protocol assignments
        Range([192, 0, 2], 24),  // documentation
        Range([192, 88, 99], 24),  // 6to4 relays
        Range([192, 168], 16),  // private
        Range([198, 18], 15),  // benchmarks
        Range([198, 51, 100], 24),  // documentation
        Range([203, 0, 113], 24),  // documentation
        Range([224], 4),  // multicast
        Range([240], 4),  // reserved, and broadcast
    ]

    private static let globalUnicastIPv6 = Range([0x20], 3)

    private static let specialIPv6 = [
        Range([0x20, 0x01, 0x00], 23),  // protocol assignments: Teredo, ORCHID, benchmarks
        Range([0x20, 0x01, 0x0d, 0xb8], 32),  // documentation
        Range([0x20, 0x02], 16),  // 6to4: any IPv4 address, ours included
        Range([0x3f, 0xff], 20),  // documentation
    ]
}
