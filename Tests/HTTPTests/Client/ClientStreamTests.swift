import Glibc
import HTTP
import Testing
import Threads

@Suite("Streams", .timeLimit(.minutes(1)))
struct ClientStreamTests {
    let client = try! HTTPClient(.forTests)

    private func request(_ server: ClientTestServer) -> ClientRequest {
        var request = ClientRequest("GET", server.origin)
        request.deadline = nil
        request.silenceMax = .seconds(30)
        return request
    }

    @Test("Server-sent events sent byte by byte arrive as events, and the end of the stream completes it")
    func eventsByteByByte() {
        let text = "id: 1\r\ndata: ä\r\n\r\n: beat\n\nevent: x\ndata: b\ndata: c\n\n"
        let server = ClientTestServer { connection in
            _ = connection.readRequest()
            connection.write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n")
            for byte in text.utf8 { connection.write(CollectionOfOne(byte)) }
            connection.close()
        }
        defer { server.stop() }
        let parser = ClientTestBox(ServerSentEventParser())
        let events = ClientTestBox<[ServerSentEvent]>([])
        let end = ClientTestBox<Result<ClientResponse, ClientFailure>?>(nil)
        client.stream(request(server)) { bytes in
            var found: [ServerSentEvent] = []
            parser.change { found = (try? $0.consume(bytes)) ?? [] }
            events.change { $0 += found }
            return .more
        } completion: { result in
            end.change { $0 = result }
        }
        let answer = end.wait { $0 != nil }
        #expect(try! answer?.get().status == 200)
        #expect(try! answer?.get().body == [])
        #expect(
            events.current == [
                ServerSentEvent(data: "ä", lastID: "1"), ServerSentEvent(type: "x", data: "b\nc", lastID: "1"),
            ])
    }

    @Test("A reader that pauses holds the far end back, and loses nothing when it goes on")
    func backPressure() {
        let size = 32 << 20
        let written = ClientTestBox(0)
        let server = ClientTestServer { connection in
            _ = connection.readRequest()
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: \(size)\r\n\r\n")
            let piece = [UInt8](repeating: 7, count: 1 << 20)
            for _ in 0..<(size >> 20) where connection.write(piece) { written.change { $0 += piece.count } }
            connection.waitForEnd()
        }
        defer { server.stop() }
        let received = ClientTestBox(0)
        let end = ClientTestBox<Result<ClientResponse, ClientFailure>?>(nil)
        let transfer = client.stream(request(server)) { bytes in
            var isFirst = false
            received.change {
                isFirst = $0 == 0
                $0 += bytes.count
            }
            return isFirst ? .pause : .more
        } completion: { result in
            end.change { $0 = result }
        }
        let first = received.wait { $0 > 0 }
        // Other transfers go on meanwhile, and give the paused one every chance to read too much.
        let other = ClientTestServer.answering { _ in "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n" }
        defer { other.stop() }
        for _ in 0..<100 { #expect((try? client.perform(ClientRequest("GET", other.origin)))?.status == 200) }
        #expect(received.current == first)
        #expect(written.current < size)
        #expect(end.current == nil)
        transfer.resume()
        #expect((try? end.wait { $0 != nil }?.get())?.status == 200)
        #expect(received.current == size)
    }

    @Test("The body of a refused stream comes with the completion and not to the reader")
    func refusedStream() {
        let server = ClientTestServer.answering { _ in "HTTP/1.1 401 No\r\nContent-Length: 6\r\n\r\ndenied" }
        defer { server.stop() }
        let end = ClientTestBox<Result<ClientResponse, ClientFailure>?>(nil)
        let received = ClientTestBox(0)
        client.stream(request(server)) { bytes in
            received.change { $0 += bytes.count }
            return .more
        } completion: { result in
            end.change { $0 = result }
        }
        let answer = try? end.wait { $0 != nil }?.get()
        #expect(answer?.status == 401)
        #expect(answer?.body == Array("denied".utf8))
        #expect(received.current == 0)
    }

    @Test("A stream lives on the smallest heartbeat, and ends as timed out when that stops")
    func silence() {
        let beats = ClientTestBox(0)
        let server = ClientTestServer { connection in
            _ = connection.readRequest()
            connection.write("HTTP/1.1 200 OK\r\n\r\n")
            for _ in 0..<8 {
                // Paced by the clock, because the pace is what is tested: 8 × 100 ms is twice the bound.
                usleep(100_000)
                connection.write("\n")
                beats.change { $0 += 1 }
            }
            connection.waitForEnd()
        }
        defer { server.stop() }
        var request = request(server)
        request.silenceMax = .milliseconds(400)
        let end = ClientTestBox<Result<ClientResponse, ClientFailure>?>(nil)
        client.stream(request) { _ in
            .more
        } completion: { result in
            end.change { $0 = result }
        }
        let failure = end.wait { $0 != nil }?.failure
        #expect(failure?.reason == .timedOut)
        #expect(failure?.status == 200)
        #expect(beats.current == 8)
    }

    @Test("Only a stream with a bound on silence may go without a deadline")
    func deadlineNeeded() {
        var request = ClientRequest("GET", "http://127.0.0.1/")
        request.deadline = nil
        #expect(client.failure(of: request)?.cause.hasPrefix("deadline:") == true)
    }

    @Test("A paused stream ends when it is cancelled and when the client shuts down", arguments: [true, false])
    func pausedEnds(byCancel: Bool) throws {
        let server = ClientTestServer { connection in
            _ = connection.readRequest()
            connection.write("HTTP/1.1 200 OK\r\n\r\n" + String(repeating: "x", count: 100_000))
            connection.waitForEnd()
        }
        defer { server.stop() }
        let client = try HTTPClient(.forTests)
        let pieces = ClientTestBox(0)
        let ends = ClientTestBox<[ClientFailure.Reason?]>([])
        let transfer = client.stream(request(server)) { _ in
            pieces.change { $0 += 1 }
            return .pause
        } completion: { result in
            ends.change { $0.append(result.failure?.reason) }
        }
        pieces.wait { $0 == 1 }
        if byCancel { transfer.cancel() } else { client.shutdown() }
        #expect(ends.wait { !$0.isEmpty } == [byCancel ? .cancelled : .shutDown])
        client.shutdown()
        #expect(ends.current.count == 1)
        #expect(pieces.current == 1)
    }
}
