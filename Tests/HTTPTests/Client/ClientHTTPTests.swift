import Glibc
import HTTP
import Testing
import Threads

private let ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi"

@Suite("The HTTP client", .timeLimit(.minutes(1)))
struct ClientHTTPTests {
    let client = try! HTTPClient(.forTests)

    @Test("A request arrives as it was written, and the answer comes back whole")
    func wholeExchange() throws {
        let seen = ClientTestBox<[ClientTestRequest]>([])
        let server = ClientTestServer.answering { request in
            seen.change { $0.append(request) }
            return "HTTP/1.1 201 Created\r\nX-One: 1\r\nx-two:  b \r\nContent-Length: 3\r\n\r\nabc"
        }
        defer { server.stop() }
        let request = ClientRequest(
            "POST", "\(server.origin)/a?b=c", headers: [ClientField("X-Here", "there"), ClientField("X-Empty", "")],
            body: .form([ClientField("To", "+49 30"), ClientField("Text", "ä&=")]),
            authorization: .basic(user: "Aladdin", password: "open sesame"))
        let answer = try client.perform(request)
        #expect(
            answer
                == ClientResponse(
                    status: 201,
                    headers: [
                        ClientField("X-One", "1"), ClientField("x-two", "b"), ClientField("Content-Length", "3"),
                    ],
                    body: Array("abc".utf8)))
        #expect(answer.header("X-TWO") == "b")
        #expect(
            seen.current.first?.head.split(separator: "\r\n").sorted() == [
                "Accept: */*", "Authorization: Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==", "Content-Length: 29",
                "Content-Type: application/x-www-form-urlencoded", "Host: 127.0.0.1:\(server.port)",
                "POST /a?b=c HTTP/1.1", "User-Agent: interflow/9.9", "X-Empty:", "X-Here: there",
            ])
        #expect(seen.current.first?.body == "To=%2B49+30&Text=%C3%A4%26%3D")
    }

    @Test(
        "Each method sends its body and length as HTTP asks",
        arguments: [
            ("GET", nil), ("HEAD", nil), ("DELETE", nil), ("POST", ""), ("PUT", "x"), ("PATCH", "{}"), ("DELETE", "x"),
        ] as [(String, String?)])
    func methods(method: String, body: String?) throws {
        let seen = ClientTestBox<[ClientTestRequest]>([])
        let server = ClientTestServer.answering { request in
            seen.change { $0.append(request) }
            return "HTTP/1.1 204 No Content\r\n\r\n"
        }
        defer { server.stop() }
        let bytes = body.flatMap { $0.isEmpty ? nil : ClientRequest.Body.bytes(Array($0.utf8), contentType: "text/x") }
        let answer = try client.perform(ClientRequest(method, server.origin, body: bytes ?? .none))
        #expect(answer == ClientResponse(status: 204))
        let head = try #require(seen.current.first?.head)
        #expect(head.hasPrefix("\(method) / HTTP/1.1\r\n"))
        let lengths = head.split(separator: "\r\n").filter { $0.hasPrefix("Content-Length") }
        #expect(lengths == (body.map { ["Content-Length: \($0.utf8.count)"] } ?? []))
        #expect(seen.current.first?.body == body ?? "")
    }

    @Test("Requests one after the other share one connection")
    func keepAlive() throws {
        let server = ClientTestServer.answering { _ in ok }
        defer { server.stop() }
        for _ in 0..<5 { #expect(try client.perform(ClientRequest("GET", server.origin)).body == Array("hi".utf8)) }
        #expect(server.connectionCount == 1)
    }

    @Test(
        "A POST on a kept-alive connection that dies is not sent again, and its outcome is unknown",
        arguments: ["", "x"])
    func postIsNotRepeated(body: String) throws {
        let posts = ClientTestBox(0)
        let server = ClientTestServer { connection in
            while let request = connection.readRequest() {
                if request.head.hasPrefix("POST") {
                    posts.change { $0 += 1 }
                    break
                }
                connection.write(ok)
            }
            connection.close()
        }
        defer { server.stop() }
        _ = try client.perform(ClientRequest("GET", server.origin))
        let bytes = ClientRequest.Body.bytes(Array(body.utf8), contentType: "text/plain")
        let failure = client.failure(of: ClientRequest("POST", server.origin, body: bytes))
        #expect(failure?.reason == .cut)
        #expect(failure?.delivery == .unknown)
        #expect(posts.current == 1)
    }

    @Test("A GET on a kept-alive connection that dies is sent once more on a new one")
    func getIsRepeated() throws {
        let server = ClientTestServer { connection in
            if connection.readRequest() != nil { connection.write(ok) }
            _ = connection.readRequest()
            connection.close()
        }
        defer { server.stop() }
        _ = try client.perform(ClientRequest("GET", server.origin))
        #expect(try client.perform(ClientRequest("GET", server.origin)).status == 200)
        #expect(server.connectionCount == 2)
    }

    @Test("A far end that stays silent past the deadline may have acted")
    func deadline() {
        let server = ClientTestServer { connection in
            _ = connection.readRequest()
            connection.waitForEnd()
        }
        defer { server.stop() }
        var request = ClientRequest("POST", server.origin)
        request.deadline = .milliseconds(200)
        let start = ContinuousClock.now
        let failure = client.failure(of: request)
        #expect(failure?.reason == .timedOut)
        #expect(failure?.delivery == .unknown)
        #expect(ContinuousClock.now - start < .seconds(5))
    }

    @Test("A far end that never accepts has not seen the request")
    func connectDeadline() {
        // Nobody accepts and the backlog is full: the kernel drops the SYN, as a silent host would.
        let (server, fillers) = ClientFullBacklog.make()
        defer { (fillers + [server.listener]).forEach { close($0) } }
        var request = ClientRequest("POST", "http://127.0.0.1:\(server.port)/")
        request.connectDeadline = .milliseconds(200)
        let failure = client.failure(of: request)
        #expect(failure?.reason == .timedOut)
        #expect(failure?.delivery == .notSent)
    }

    @Test("A refused connection has not seen the request")
    func refused() {
        let failure = client.failure(
            of: ClientRequest("POST", "http://127.0.0.1:\(ClientTestServer.deadPort())/secret?k=v"))
        #expect(failure?.reason == .unreachable)
        #expect(failure?.delivery == .notSent)
        #expect(failure?.cause.contains("secret") == false)
    }

    @Test("A name without an address has not seen the request")
    func unresolved() {
        let failure = client.failure(of: ClientRequest("POST", "http://no-such-host.invalid/"))
        #expect(failure?.reason == .unresolved)
        #expect(failure?.delivery == .notSent)
    }

    @Test(
        "An answer that is cut names its status where it had one, and leaves the outcome unknown",
        arguments: [
            ("", nil), ("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf", 200),
            ("HTTP/1.1 202 Accepted\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhal", 202),
            ("HTTP/1.1 200 OK\r\nContent-Le", 200), ("HTTP/1.1 204 No Content\r\n", 204),
        ] as [(String, Int?)])
    func cut(answer: String, status: Int?) {
        let server = ClientTestServer { connection in
            _ = connection.readRequest()
            connection.write(answer)
            connection.close()
        }
        defer { server.stop() }
        let failure = client.failure(of: ClientRequest("POST", server.origin))
        #expect(failure?.reason == .cut)
        #expect(failure?.delivery == .unknown)
        #expect(failure?.status == status)
    }

    @Test("A body is taken up to its bound and refused one byte beyond", arguments: [true, false])
    func bodyBound(chunked: Bool) throws {
        func serve(_ count: Int) -> ClientTestServer {
            .answering { _ in
                let body = String(repeating: "x", count: count)
                return chunked
                    ? "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n\(String(count, radix: 16))\r\n\(body)\r\n0\r\n\r\n"
                    : "HTTP/1.1 200 OK\r\nContent-Length: \(count)\r\n\r\n\(body)"
            }
        }
        let (fits, exceeds) = (serve(100_000), serve(100_001))
        defer { [fits, exceeds].forEach { $0.stop() } }
        var request = ClientRequest("GET", fits.origin)
        request.responseBodyMax = 100_000
        #expect(try client.perform(request).body.count == 100_000)
        request.url = exceeds.origin
        let failure = client.failure(of: request)
        #expect(failure?.reason == .responseTooLarge)
        #expect(failure?.status == 200)
    }

    @Test(
        "Headers beyond their bound end the transfer, be they many or one",
        arguments: [(70, 1000), (1, 70_000), (1, 200_000)])
    func headerBound(count: Int, length: Int) {
        let server = ClientTestServer.answering { _ in
            "HTTP/1.1 200 OK\r\n"
                + String(repeating: "X-Fill: \(String(repeating: "y", count: length))\r\n", count: count)
                + "Content-Length: 0\r\n\r\n"
        }
        defer { server.stop() }
        #expect(client.failure(of: ClientRequest("GET", server.origin))?.reason == .responseTooLarge)
    }

    @Test("An interim answer and a trailer are not mistaken for the answer's headers")
    func interimAndTrailer() throws {
        let server = ClientTestServer.answering { _ in
            "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nA: 1\r\n\r\n"
                + "2\r\nhi\r\n0\r\nB: 2\r\n\r\n"
        }
        defer { server.stop() }
        let answer = try client.perform(ClientRequest("GET", server.origin))
        #expect(
            answer
                == ClientResponse(
                    status: 200, headers: [ClientField("Transfer-Encoding", "chunked"), ClientField("A", "1")],
                    body: Array("hi".utf8)))
    }

    @Test("A redirect is the answer and is not followed")
    func redirect() throws {
        let canary = ClientTestServer.answering { _ in ok }
        let server = ClientTestServer.answering { _ in
            "HTTP/1.1 302 Found\r\nLocation: \(canary.origin)/\r\nContent-Length: 0\r\n\r\n"
        }
        defer { [server, canary].forEach { $0.stop() } }
        #expect(try client.perform(ClientRequest("GET", server.origin)).status == 302)
        #expect(canary.connectionCount == 0)
    }

    @Test("What is not HTTP is malformed", arguments: ["SSH-2.0-OpenSSH_9\r\n", "HTTP/1.1 999999 X\r\n\r\n"])
    func notHTTP(answer: String) {
        let server = ClientTestServer { connection in
            _ = connection.readRequest()
            connection.write(answer)
            connection.close()
        }
        defer { server.stop() }
        #expect(client.failure(of: ClientRequest("GET", server.origin))?.reason == .malformedResponse)
    }

    @Test(
        "A request that cannot be sent as written is refused and names the field",
        arguments: [
            (ClientRequest("GET", "file:///etc/passwd"), "url: not an absolute"),
            (ClientRequest("GET", "gopher://127.0.0.1/"), "url: the scheme must be https or http"),
            (ClientRequest("GET", "/relative"), "url: not an absolute"),
            (ClientRequest("GET", "http://user:pw@host/"), "url: must not hold user or password"),
            (ClientRequest("GET", "http://host/a b"), "url: must be visible ASCII"),
            (ClientRequest("GET", "http://host/\r\nX: y"), "url: must be visible ASCII"),
            (ClientRequest("GET", "http://ho%0d%0ast/"), "url: not an absolute"),
            (ClientRequest("get", "http://host/"), "method"), (ClientRequest("CONNECT", "http://host/"), "method"),
            (ClientRequest("GET", "http://host/", body: .form([])), "body"),
            (ClientRequest("GET", "http://host/", headers: [ClientField("A", "b\r\nC: d")]), "headers: the value of A"),
            (ClientRequest("GET", "http://host/", headers: [ClientField("A", "b\0")]), "headers: the value of A"),
            (ClientRequest("GET", "http://host/", headers: [ClientField("A\r\nB", "c")]), "headers: a name"),
            (
                ClientRequest("GET", "http://host/", headers: [ClientField("content-length", "1")]),
                "headers: content-length"
            ),
            (ClientRequest("GET", "http://host/", authorization: .bearer("a\r\nb")), "authorization"),
            (ClientRequest("GET", "http://host/", authorization: .basic(user: "a:b", password: "")), "authorization"),
            (ClientRequest("POST", "http://host/", body: .bytes([], contentType: "a\nb")), "headers"),
        ])
    func invalid(request: ClientRequest, complaint: String) {
        let failure = client.failure(of: request)
        #expect(failure?.reason == .invalidRequest)
        #expect(failure?.delivery == .notSent)
        #expect(failure?.cause.hasPrefix(complaint) == true, "\(String(describing: failure))")
        #expect(failure?.cause.contains("pw") == false)
    }

    @Test("Beyond its bounds the client refuses the newcomer at once and keeps those who wait")
    func bounds() throws {
        let gate = ClientTestBox(false)
        let server = ClientTestServer { connection in
            while connection.readRequest() != nil {
                gate.wait { $0 }
                connection.write(ok)
            }
            connection.close()
        }
        defer { server.stop() }
        var configuration = ClientConfiguration.forTests
        configuration.transfersMax = 2
        configuration.waitingMax = 3
        let client = try HTTPClient(configuration)
        let results = ClientTestBox<[Result<ClientResponse, ClientFailure>]>([])
        for _ in 0..<6 {
            client.send(ClientRequest("GET", server.origin)) { result in results.change { $0.append(result) } }
        }
        #expect(results.current.compactMap(\.failure?.reason) == [.tooManyWaiting])
        gate.change { $0 = true }
        let all = results.wait { $0.count == 6 }
        #expect(all.filter { $0.failure == nil }.count == 5)
        #expect(server.connectionCount <= 2)
    }

    @Test("A request whose deadline passes while it waits for a place was not sent")
    func deadlineWhileWaiting() throws {
        let server = ClientTestServer { connection in
            _ = connection.readRequest()
            connection.waitForEnd()
        }
        defer { server.stop() }
        var configuration = ClientConfiguration.forTests
        configuration.transfersMax = 1
        let client = try HTTPClient(configuration)
        let first = client.send(ClientRequest("GET", server.origin)) { _ in }
        var request = ClientRequest("POST", server.origin)
        request.deadline = .milliseconds(100)
        let failure = client.failure(of: request)
        #expect(failure?.reason == .timedOut)
        #expect(failure?.delivery == .notSent)
        #expect(server.connectionCount <= 1)
        first.cancel()
    }

    @Test("A cancelled transfer completes once, as cancelled, and its connection ends")
    func cancel() {
        let arrived = ClientTestBox(0)
        let ended = ClientTestBox(false)
        let server = ClientTestServer { connection in
            _ = connection.readRequest()
            arrived.change { $0 += 1 }
            connection.waitForEnd()
            ended.change { $0 = true }
        }
        defer { server.stop() }
        let results = ClientTestBox<[ClientFailure?]>([])
        let transfer = client.send(ClientRequest("POST", server.origin)) { result in
            results.change { $0.append(result.failure) }
        }
        arrived.wait { $0 == 1 }
        transfer.cancel()
        transfer.cancel()
        #expect(results.wait { !$0.isEmpty }.map { $0?.reason } == [.cancelled])
        #expect(results.current.first??.delivery == .unknown)
        #expect(ended.wait { $0 })
    }

    @Test("Shutdown completes whatever is pending exactly once, and nothing is called after it returns")
    func shutdown() throws {
        let arrived = ClientTestBox(0)
        let server = ClientTestServer { connection in
            _ = connection.readRequest()
            arrived.change { $0 += 1 }
            connection.waitForEnd()
        }
        defer { server.stop() }
        var configuration = ClientConfiguration.forTests
        configuration.transfersMax = 2
        let client = try HTTPClient(configuration)
        let results = ClientTestBox<[ClientFailure?]>([])
        for _ in 0..<10 {
            client.send(ClientRequest("POST", server.origin)) { result in results.change { $0.append(result.failure) } }
        }
        arrived.wait { $0 == 2 }
        client.shutdown()
        let seen = results.current
        #expect(seen.map { $0?.reason } == Array(repeating: .shutDown, count: 10))
        #expect(seen.filter { $0?.delivery == .unknown }.count == 2)
        client.shutdown()
        #expect(client.failure(of: ClientRequest("GET", server.origin))?.reason == .shutDown)
        #expect(results.current.count == 10)
    }

    @Test("A completion may send the next request and may shut the client down")
    func fromCompletion() throws {
        let server = ClientTestServer.answering { _ in ok }
        defer { server.stop() }
        let client = try HTTPClient(.forTests)
        let done = ClientTestBox<[Int?]>([])
        client.send(ClientRequest("GET", server.origin)) { _ in
            client.send(ClientRequest("GET", server.origin)) { result in
                client.shutdown()
                done.change { $0.append(try? result.get().status) }
            }
        }
        #expect(done.wait { !$0.isEmpty } == [200])
    }
}

extension Result where Failure == ClientFailure {
    var failure: ClientFailure? {
        guard case .failure(let failure) = self else { return nil }
        return failure
    }
}

/// A listener whose queue of unaccepted connections is full.
enum ClientFullBacklog {
    static func make() -> (server: (listener: Int32, port: UInt16), fillers: [Int32]) {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let fillers: [Int32] = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { place in
                precondition(bind(listener, place, length) == 0 && listen(listener, 0) == 0)
                getsockname(listener, place, &length)
                return (0..<8).map { _ in
                    let filler = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
                    _ = fcntl(filler, F_SETFL, O_NONBLOCK)
                    _ = connect(filler, place, length)
                    return filler
                }
            }
        }
        return ((listener, UInt16(bigEndian: address.sin_port)), fillers)
    }
}
