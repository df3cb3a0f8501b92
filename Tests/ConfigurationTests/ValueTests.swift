import Configuration
import Testing

@Suite struct ValueTests {
    @Test("A key left out has its default; a section left out is made of defaults")
    func defaults() throws {
        let site = try readEverything("").root
        #expect(site.title == "Home")
        #expect(site.retries == 8)
        #expect(site.answerWithin == .seconds(20))
        #expect(site.peer == nil)
        #expect(site.limits.low == 10 && site.limits.high == 100)
        #expect(site.queues.isEmpty && site.hooks.isEmpty && site.channels.isEmpty)
    }

    @Test("Both ends of a range are inside it")
    func ends() throws {
        for (low, high) in [
            ("retries: 0", "retries: 20"), ("answerWithin: 100ms", "answerWithin: 2h"),
            ("bodyMax: 1KiB", "bodyMax: 4MiB"),
        ] {
            _ = try readEverything(low)
            _ = try readEverything(high)
        }
        #expect(try readEverything("bodyMax: 4MiB").root.bodyMax == .mebibytes(4))
        #expect(try readEverything("retries: 20").root.retries == 20)
    }

    @Test(
        "A duration is a whole number and a unit",
        arguments: [
            ("250ms", Duration.milliseconds(250)), ("30s", .seconds(30)), ("5m", .seconds(300)), ("2h", .seconds(7200)),
        ])
    func durations(text: String, expected: Duration) throws {
        #expect(try readEverything("answerWithin: \(text)").root.answerWithin == expected)
    }

    @Test("Text, numbers and quoted numbers are read by what their key declares")
    func byKey() throws {
        let site = try readEverything("retries: \"12\"\nskills: [no, 0123, +49]\npolicy: roundRobin\nisOpen: 'false'\n")
            .root
        #expect(site.retries == 12)
        #expect(site.skills == ["no", "0123", "+49"])
        #expect(site.policy == .roundRobin)
        #expect(site.isOpen == false)
    }

    @Test("Named sections keep the order of the file and can be looked up")
    func named() throws {
        let site = try readEverything("queues:\n  z: {offerTimeout: 1s}\n  a: {overflow: z}\n  m:\n").root
        #expect(site.queues.map(\.name) == ["z", "a", "m"])
        #expect(site.queues.map(\.place.line) == [4, 5, 6])
        #expect(site.queues.named("z")?.offerTimeout == .seconds(1))
        #expect(site.queues.named("a")?.overflow?.place.line == 5)
        #expect(site.queues.named("b") == nil)
    }

    @Test("A section chosen by name is read with the keys of its own type")
    func chosen() throws {
        let channels = try readEverything("channels:\n  text: {adapter: sms, account: AC7}\n").root.channels
        #expect(channels.map(\.name) == ["text"])
        #expect(channels.first?.value.choice == "sms")
        #expect((channels.first?.value.section as? ShortMessageSection)?.account == "AC7")
    }

    @Test("A URL gives its parts, and loopback may go without encryption")
    func urls() throws {
        let peer = try #require(try readEverything("peer: HTTPS://Example.com:8443/a?b=c").root.peer)
        #expect([peer.scheme, peer.host, peer.target] == ["https", "example.com", "/a?b=c"])
        #expect(peer.port == 8443)
        #expect(try readEverything("peer: http://127.0.0.1:80").root.peer?.target == "/")
        #expect(try readEverything("peer: http://[::1]:80?x").root.peer?.host == "::1")
        #expect(try readEverything("peer: http://localhost/").root.peer?.isLoopback == true)
        #expect(try readEverything("callback: http://inner_host/").root.callback?.isLoopback == false)
    }

    @Test("A listen address is an IP address and a port, of either family")
    func listen() throws {
        let six = try readEverything("listen: \"[::1]:0\"").root.listen
        #expect(six.host == "::1" && six.port == 0 && six.isIPv6 && six.isLoopback)
        let four = try readEverything("listen: 0.0.0.0:65535").root.listen
        #expect(four.host == "0.0.0.0" && four.port == 65535 && !four.isIPv6 && !four.isLoopback)
    }

    @Test("A relative path starts at the folder of the configuration file")
    func paths() throws {
        let bytes = Array("title: a\nsender: +493012345678\ncalendar: days/2026.ics\n".utf8)
        let loaded = try ConfigurationFile.read(
            EverythingSection.self, bytes: bytes, file: "f", folder: "/etc/interflow")
        #expect(loaded.root.calendar?.resolved == "/etc/interflow/days/2026.ics")
        #expect(loaded.root.calendar?.written == "days/2026.ics")
    }

    @Test("Phone numbers have 7 to 15 digits", arguments: ["+1234567", "+123456789012345"])
    func phoneNumbers(text: String) {
        #expect(PhoneNumber(text)?.text == text)
    }
}
