internal import Threads

/// The TLS contexts in use, one for each listener that has TLS. Loops ask for one at each accepted connection.
final class CertificateStore: Sendable {
    private let options: [TLSOptions?]
    private let contexts: Guarded<[TLSContext?]>

    init(_ listeners: [Listener]) throws(ServerFailure) {
        options = listeners.map(\.tls)
        contexts = Guarded(try Self.load(options))
    }

    private static func load(_ options: [TLSOptions?]) throws(ServerFailure) -> [TLSContext?] {
        var contexts: [TLSContext?] = []
        for option in options {
            if let option { contexts.append(try TLSContext(option)) } else { contexts.append(nil) }
        }
        return contexts
    }

    /// Reads every file again. When one cannot be used, all contexts stay as they were.
    func reload() throws(ServerFailure) {
        let fresh = try Self.load(options)
        contexts.with { $0 = fresh }
    }

    func context(_ index: Int) -> TLSContext? { contexts.with { $0[index] } }
}
