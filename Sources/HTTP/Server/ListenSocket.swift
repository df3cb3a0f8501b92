internal import CLinux
internal import Glibc

/// One listening socket of one loop. Several share a port through SO_REUSEPORT.
struct ListenSocket: Sendable {
    let descriptor: Int32
    let bound: BoundAddress
    /// Index of its listener among the options.
    let index: Int

    /// - Parameter port: the port to bind, when an earlier loop was already given one by the kernel.
    static func open(
        _ listener: Listener, index: Int, port: UInt16, backlog: Int32
    ) throws(ServerFailure) -> ListenSocket {
        let descriptor = try bind(listener, port: port, sharing: true)
        guard listen(descriptor, backlog) == 0 else {
            throw failure(listener, closing: descriptor)
        }
        let bound = BoundAddress(
            address: listener.address, port: boundPort(descriptor), isSecure: listener.tls != nil)
        return ListenSocket(descriptor: descriptor, bound: bound, index: index)
    }

    /// Fails when another process listens there already: SO_REUSEPORT alone would share the port in silence.
    static func checkFree(_ listener: Listener) throws(ServerFailure) {
        guard listener.port != 0 else { return }
        close(try bind(listener, port: listener.port, sharing: false))
    }

    private static func bind(_ listener: Listener, port: UInt16, sharing: Bool) throws(ServerFailure) -> Int32 {
        guard var address = SocketAddress(listener.address, port: port) else {
            throw ServerFailure(
                .address,
                "cannot listen on \(listener.address): it is not a numeric IPv4 or IPv6 address; "
                    + "use 127.0.0.1 or ::1 for this machine only, 0.0.0.0 or :: for every interface")
        }
        let descriptor = interflow_stream_socket(address.family)
        guard descriptor >= 0 else { throw failure(listener, closing: nil) }
        setOption(descriptor, SOL_SOCKET, SO_REUSEADDR, 1)
        if sharing { setOption(descriptor, SOL_SOCKET, SO_REUSEPORT, 1) }
        if address.family == AF_INET6 { setOption(descriptor, Int32(IPPROTO_IPV6), IPV6_V6ONLY, 1) }
        let result = address.withSocketAddress { Glibc.bind(descriptor, $0, $1) }
        guard result == 0 else { throw failure(listener, closing: descriptor) }
        return descriptor
    }

    /// Reads errno before anything else can change it.
    private static func failure(_ listener: Listener, closing descriptor: Int32?) -> ServerFailure {
        let code = errno
        if let descriptor { close(descriptor) }
        let advice =
            switch code {
            case EADDRINUSE: "another process listens there; stop it or choose another port"
            case EACCES: "ports below 1024 need the capability CAP_NET_BIND_SERVICE; grant it or choose a higher port"
            case EADDRNOTAVAIL: "no interface of this machine has that address; choose one that `ip address` shows"
            case EAFNOSUPPORT: "this machine does not speak that address family; listen on IPv4 instead"
            case EMFILE, ENFILE: "no file descriptors are left; raise the limit (LimitNOFILE)"
            default: "see the reason"
            }
        let reason = String(cString: strerror(code))
        return ServerFailure(.address, "cannot listen on \(listener.address):\(listener.port): \(reason); \(advice)")
    }

    private static func boundPort(_ descriptor: Int32) -> UInt16 {
        var storage = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        _ = withUnsafeMutablePointer(to: &storage) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &length) }
        }
        return PeerAddress(storage)?.port ?? 0
    }

    /// Lets the kernel drop new SYNs while handshakes under way still complete.
    ///
    /// Closing a listening socket resets what waits in its accept queue, and whoever completes a handshake
    /// between the last accept and the close. So a drain first makes the queue stop growing: a client whose
    /// SYN is dropped tries again a second later and then reaches a successor, or is refused before it has
    /// sent anything. The program reads the TCP flags (byte 13): SYN set → take 0 bytes, else take all.
    func turnNewcomersAway() {
        var program = [
            sock_filter(code: 0x30, jt: 0, jf: 0, k: 13),  // ldb [13]
            sock_filter(code: 0x45, jt: 0, jf: 1, k: 0x02),  // jset #SYN
            sock_filter(code: 0x06, jt: 0, jf: 0, k: 0),  // ret 0
            sock_filter(code: 0x06, jt: 0, jf: 0, k: 0xffff_ffff),  // ret all
        ]
        program.withUnsafeMutableBufferPointer { instructions in
            var filter = sock_fprog(len: UInt16(instructions.count), filter: instructions.baseAddress)
            setsockopt(
                descriptor, SOL_SOCKET, SO_ATTACH_FILTER, &filter, socklen_t(MemoryLayout<sock_fprog>.size))
        }
    }
}

/// Sets an integer option; the few used here cannot fail on a fresh TCP socket.
func setOption(_ descriptor: Int32, _ level: Int32, _ option: Int32, _ value: Int32) {
    var value = value
    setsockopt(descriptor, level, option, &value, socklen_t(MemoryLayout<Int32>.size))
}
