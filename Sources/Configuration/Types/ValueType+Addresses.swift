extension ValueType where Value == ListenAddress {
    /// `127.0.0.1:8080` or `[::1]:8080`.
    package static var listenAddress: ValueType {
        let description = "an IP address and port such as 127.0.0.1:8080 or [::1]:8080"
        return scalar(
            description, example: "127.0.0.1:8080", text: { "\($0)" },
            parse: { (written) throws(Refusal) in
                if let value = ListenAddress(written) { return value }
                throw Refusal("must be \(description), not \(Printable.quoted(written))", hint: listenHint(written))
            })
    }

    private static func listenHint(_ written: String) -> String? {
        if IPAddress.isIPv6(written) { return "write [\(written)]:8080" }
        if written.hasPrefix("localhost:") { return "write 127.0.0.1\(written.dropFirst(9))" }
        if written.hasPrefix(":") || written.hasPrefix("*:") {
            return "write 0.0.0.0:\(written.drop { $0 == "*" || $0 == ":" }) to listen on every interface"
        }
        return nil
    }
}

extension ValueType where Value == PhoneNumber {
    /// `+` and 7 to 15 digits (ITU-T E.164).
    package static var phoneNumber: ValueType {
        let description = "a phone number such as +493012345678 (plus, 7 to 15 digits)"
        return scalar(
            description, example: "+493012345678", text: { "\($0)" },
            parse: { (written) throws(Refusal) in
                if let value = PhoneNumber(written) { return value }
                throw Refusal("must be \(description), not \(Printable.quoted(written))")
            })
    }
}

/// Whether an address may be written with the scheme that does not encrypt.
package enum Unencrypted: Hashable, Sendable {
    /// Only where nobody else can listen.
    case onLoopback
    case everywhere
}

extension ValueType where Value == WebAddress {
    /// `https://…`; `http://` only to this machine unless `unencrypted` says otherwise.
    ///
    /// Other protocols name their own pair, as in `.url("wss", plain: "ws")` or `.url("smtps", plain: "smtp")`.
    package static func url(
        _ secure: String = "https", plain: String = "http", unencrypted: Unencrypted = .onLoopback
    ) -> ValueType {
        let description = "a URL that begins with \(secure)://" + (unencrypted == .everywhere ? " or \(plain)://" : "")
        return scalar(
            description, example: "\(secure)://example.com/", text: { "\($0)" },
            parse: {
                (written) throws(Refusal) in
                let address = try WebAddress(written)
                if address.scheme == secure { return address }
                guard address.scheme == plain else {
                    throw Refusal("must be \(description), not \(Printable.quoted(address.scheme))")
                }
                guard unencrypted == .everywhere || address.isLoopback else {
                    throw Refusal(
                        "must begin with \(secure)://", hint: "\(plain):// is allowed only to this machine (127.0.0.1)")
                }
                return address
            })
    }
}
