import Glibc
import Testing

@testable import HTTP

@Suite("Server")
struct ServerRequestTests {
    @Test("A hostile request is answered with a problem and the connection is closed")
    func hostile() throws {
        let server = try TestServer()
        for request in HostileRequest.all {
            let connection = try server.connect()
            connection.send(request.text)
            let answer = try connection.readResponse()
            #expect(answer.status == request.status, "\(request.name)")
            #expect(answer.field("Content-Type") == "application/problem+json", "\(request.name)")
            #expect(answer.field("Connection") == "close", "\(request.name)")
            #expect(answer.body.contains("\"type\":\"urn:interflow:problem:http:\(request.reason.rawValue)\""))
            #expect(connection.readToEnd() == "", "\(request.name)")
        }
        #expect(server.server.statistics.requests == 0)
    }

    @Test("Pipelined requests are answered one after another, in order, though answers come late")
    func pipelining() throws {
        let server = try TestServer(
            ClosureHandler { request, responder in
                let thread = Answerer {
                    responder.send(HTTPResponse(status: 200, contentType: "a/b", body: request.target))
                }
                if request.target.hasSuffix("2") { thread.run() } else { thread.body() }
            })
        let connection = try server.connect()
        let targets = (0..<50).map { "/\($0)" }
        connection.send(targets.map { "GET \($0) HTTP/1.1\r\nHost: h\r\n\r\n" }.joined())
        #expect(try targets.map { _ in try connection.readResponse().body } == targets)
        #expect(server.server.statistics.connectionsAccepted == 1)
    }

    @Test("A body arrives whole, by length and in chunks, in any pieces")
    func bodies() throws {
        let server = try TestServer()
        let connection = try server.connect()
        connection.send("POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhe")
        usleep(20_000)
        connection.send("llo")
        #expect(try connection.readResponse().body == "POST /a hello")
        for byte in Array("PUT /b HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n".utf8)
        {
            connection.send([byte])
        }
        #expect(try connection.readResponse().body == "PUT /b abc")
    }

    @Test("A sender who waits for 100 is told to go on; one who is refused is not")
    func continuing() throws {
        let server = try TestServer()
        let connection = try server.connect()
        connection.send("POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n")
        #expect(try connection.read(through: "\r\n\r\n") == "HTTP/1.1 100 Continue\r\n\r\n")
        connection.send("ok")
        #expect(try connection.readResponse().body == "POST / ok")
        connection.send("POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 9999999\r\n\r\n")
        #expect(try connection.readResponse().status == 413)
    }

    @Test("HEAD is answered with the length and without the body")
    func head() throws {
        let server = try TestServer()
        let connection = try server.connect()
        connection.send("HEAD /x HTTP/1.1\r\nHost: h\r\n\r\nGET /y HTTP/1.1\r\nHost: h\r\n\r\n")
        #expect(try connection.readResponse(toHead: true).field("Content-Length") == "8")
        #expect(try connection.readResponse().body == "GET /y ")
    }

    @Test("HTTP/1.0 is answered and closed, and kept when it asks")
    func oldVersion() throws {
        let server = try TestServer()
        let connection = try server.connect()
        connection.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
        #expect(try connection.readResponse().field("Connection") == "keep-alive")
        connection.send("GET / HTTP/1.0\r\n\r\n")
        #expect(try connection.readResponse().field("Connection") == "close")
        #expect(connection.readToEnd() == "")
    }

    @Test("A client that finished sending still gets its answer")
    func halfClosed() throws {
        let server = try TestServer()
        let connection = try server.connect()
        connection.send("GET /late HTTP/1.1\r\nHost: h\r\n\r\n")
        connection.finishSending()
        #expect(try connection.readResponse().body == "GET /late ")
        #expect(connection.readToEnd() == "")
    }

    @Test("A field value with a line end is never sent: the answer becomes a 500")
    func injection() throws {
        let server = try TestServer(
            ClosureHandler { _, responder in
                responder.send(
                    HTTPResponse(status: 200, headers: [HTTPField("X-Name", "a\r\nSet-Cookie: b")], body: []))
            })
        let connection = try server.connect()
        connection.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
        let answer = try connection.readResponse()
        #expect(answer.status == 500)
        #expect(!answer.head.contains("Set-Cookie"))
        #expect(server.counts(.invalidResponse))
    }

    @Test("A request nobody answers gets 503 and is counted; the answer that comes too late goes nowhere")
    func unanswered() throws {
        let held = Collected<HTTPResponder>()
        let server = try TestServer(ClosureHandler { _, responder in held.append(responder) }) {
            $0.deadlines.answer = .milliseconds(150)
        }
        let connection = try server.connect()
        connection.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
        #expect(try connection.readResponse().status == 503)
        #expect(connection.readToEnd() == "")
        #expect(server.counts(.unanswered))
        held.all[0].send(HTTPResponse(status: 200))
        #expect(server.eventually { $0.answersTooLate == 1 })
    }

    @Test("The second answer to one request does not answer the next")
    func twice() throws {
        let server = try TestServer(
            ClosureHandler { request, responder in
                responder.send(HTTPResponse(status: 200, contentType: "a/b", body: request.target))
                responder.send(HTTPResponse(status: 200, contentType: "a/b", body: "again"))
            })
        let connection = try server.connect()
        for target in ["/1", "/2"] {
            connection.send("GET \(target) HTTP/1.1\r\nHost: h\r\n\r\n")
            #expect(try connection.readResponse().body == target)
        }
        #expect(server.eventually { $0.answersTooLate == 2 })
    }

    @Test("A batch of answers reaches connections of every loop")
    func batch() throws {
        let held = Collected<HTTPResponder>()
        let server = try TestServer(ClosureHandler { _, responder in held.append(responder) })
        let connections = try (0..<40).map { _ in try server.connect() }
        for connection in connections { connection.send("POST / HTTP/1.1\r\nHost: h\r\n\r\n") }
        let responders = held.wait(for: 40)
        HTTPServer.send(responders.map { ($0, HTTPResponse(status: 202)) })
        #expect(try connections.map { try $0.readResponse().status } == Array(repeating: 202, count: 40))
    }

    @Test("The handler learns who asks and by which scheme")
    func peer() throws {
        let requests = Collected<HTTPRequest>()
        let server = try TestServer(
            ClosureHandler { request, responder in
                requests.append(request)
                responder.send(HTTPResponse(status: 204))
            })
        let connection = try RawConnection(port: server.port, from: "127.0.0.7")
        connection.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
        #expect(try connection.readResponse().status == 204)
        #expect(requests.all.map(\.peer.ip) == ["127.0.0.7"])
        #expect(requests.all.map(\.isSecure) == [false])
    }
}

/// Runs a body on a thread of its own.
final class Answerer: Sendable {
    let body: @Sendable () -> Void

    init(_ body: @escaping @Sendable () -> Void) { self.body = body }

    func run() {
        var thread = pthread_t()
        let context = Unmanaged.passRetained(self).toOpaque()
        pthread_create(
            &thread, nil,
            { argument in
                usleep(2000)
                if let argument { Unmanaged<Answerer>.fromOpaque(argument).takeRetainedValue().body() }
                return nil
            }, context)
        pthread_detach(thread)
    }
}
