import Foundation
import Glibc
import Testing

/// A WebSocket and HTTPS server written apart from ours, with nothing but Python's standard library: what it does is in
/// the path of the request.
final class ClientPythonServer {
    let port: Int
    private let process = Process()

    /// `certificate`: a PEM file holding key and certificate; with it the server speaks TLS.
    init(certificate: String? = nil) throws {
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", "-c", Self.script] + (certificate.map { [$0] } ?? [])
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        var line = Data()
        while line.last != 0x0a {
            let byte = output.fileHandleForReading.readData(ofLength: 1)
            try #require(!byte.isEmpty, "the Python server did not start")
            line += byte
        }
        port = try #require(Int(String(decoding: line.dropLast(), as: UTF8.self)))
    }

    deinit {
        // Started from a thread of the test pool it inherits that thread's blocked signals, so only this one ends it.
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    /// A new key and a certificate it signs for the name `localhost` only, in one PEM file.
    static func makeCertificate() throws -> String {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("client-\(UUID().uuidString).pem").path
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [
            "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
            "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout", path, "-out", path + ".crt",
        ]
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        let certificate = try String(contentsOfFile: path + ".crt", encoding: .utf8)
        let key = try String(contentsOfFile: path, encoding: .utf8)
        try (key + certificate).write(toFile: path, atomically: true, encoding: .utf8)
        return path
    }

    private static let script = #"""
        import base64, hashlib, socket, ssl, struct, sys, threading, time

        def take(c, n):
            b = b""
            while len(b) < n:
                p = c.recv(n - len(b))
                if not p: raise EOFError
                b += p
            return b

        def head(c):
            b = b""
            while not b.endswith(b"\r\n\r\n"): b += take(c, 1)
            lines = b.decode().split("\r\n")
            return lines[0].split(" ")[1], dict((k.lower(), v) for k, v in (l.split(": ", 1) for l in lines[1:] if ": " in l))

        def read(c):
            a, b = take(c, 2)
            assert b & 0x80, "a client masks"
            n = b & 0x7f
            if n == 126: n = struct.unpack(">H", take(c, 2))[0]
            elif n == 127: n = struct.unpack(">Q", take(c, 8))[0]
            m = take(c, 4); d = take(c, n)
            return a & 15, (int.from_bytes(d, "big") ^ int.from_bytes((m * (n // 4 + 1))[:n], "big")).to_bytes(n, "big") if n else b""

        def frame(op, d, fin=0x80):
            n = len(d)
            h = bytes([fin | op, n]) if n < 126 else struct.pack(">BBH", fin | op, 126, n) if n < 65536 else struct.pack(">BBQ", fin | op, 127, n)
            return h + d

        def drip(c, b):
            for i in range(len(b)): c.sendall(b[i:i + 1])

        def speak(c, path, echo_only=False):
            if path == "/frag":
                c.sendall(frame(1, "hä".encode()[:2], 0) + frame(9, b"mid") + frame(0, "hä".encode()[2:], 0) + frame(0, b"!"))
                assert read(c) == (10, b"mid")
            elif path == "/drip": drip(c, frame(1, b"drop by drop") + frame(1, b"x" * 300))
            elif path == "/big": c.sendall(frame(1, b"x" * int(1.5 * 2 ** 20)))
            elif path == "/close": c.sendall(frame(8, struct.pack(">H", 4001) + "tschüss".encode())); assert read(c) == (8, b"\x0f\xa1"); return
            elif path == "/bare": c.sendall(frame(8, b"")); assert read(c) == (8, b""); return
            elif path == "/cut": return
            elif path == "/masked": c.sendall(b"\x81\x81aaaab")
            elif path == "/binary": c.sendall(frame(2, b"x"))
            elif path == "/utf8": c.sendall(frame(1, b"\xff"))
            elif path == "/rsv": c.sendall(b"\xc1\x00")
            elif path == "/ping": c.sendall(frame(9, b"are you there")); assert read(c) == (10, b"are you there"); c.sendall(frame(1, b"you are"))
            elif path == "/never":
                while True: read(c)
            elif path == "/deaf": time.sleep(30)
            while True:
                op, d = read(c)
                if op == 8:
                    c.sendall(frame(8, d))
                    return
                if op == 9: c.sendall(frame(10, d))
                if op == 1: c.sendall(frame(1, d))

        def serve(c):
            try:
                if ctx: c = ctx.wrap_socket(c, server_side=True)
                path, h = head(c)
                if path == "/200": c.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
                elif path in ("/401", "/403", "/503"): c.sendall(f"HTTP/1.1 {path[1:]} No\r\nX-Why: w\r\nContent-Length: 6\r\n\r\nno{path}".encode()); head(c)
                elif path == "/chunked": c.sendall(b"HTTP/1.1 503 No\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nbus\r\n1;x=y\r\ny\r\n0\r\n\r\n"); head(c)
                elif path == "/endless": c.sendall(b"HTTP/1.1 500 No\r\n\r\nuntil the end")
                elif path == "/hang": head(c)
                else:
                    key = h["sec-websocket-key"] + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
                    accept = base64.b64encode(hashlib.sha1(key.encode()).digest()).decode()
                    if path == "/badaccept": accept = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="
                    a = f"HTTP/1.1 101 Switching Protocols\r\nUpgrade: WebSocket\r\nConnection: keep-alive, Upgrade\r\nSec-WebSocket-Accept: {accept}\r\n"
                    if path == "/extension": a += "Sec-WebSocket-Extensions: permessage-deflate\r\n"
                    if "sec-websocket-protocol" in h: a += f"Sec-WebSocket-Protocol: {h['sec-websocket-protocol'].split(', ')[-1]}\r\n"
                    a = (a + "\r\n").encode()
                    if path == "/drip": drip(c, a)
                    elif path == "/auth": c.sendall(a + frame(1, h.get("authorization", "none").encode()))
                    else: c.sendall(a)
                    speak(c, path)
            except (EOFError, OSError): pass
            finally: c.close()

        ctx = None
        if len(sys.argv) > 1:
            ctx = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER); ctx.load_cert_chain(sys.argv[1])
        s = socket.create_server(("127.0.0.1", 0))
        print(s.getsockname()[1], flush=True)
        while True:
            c, _ = s.accept()
            c.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            threading.Thread(target=serve, args=(c,), daemon=True).start()
        """#
}
