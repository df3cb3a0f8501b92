import Configuration
import Testing

@Suite struct ComplaintTests {
    @Test("A wrong value is refused with its file, line, column, path, reason and hint", arguments: wrongValues)
    func wrongValue(text: String, expected: String) {
        #expect(complaints(text) == expected)
    }

    static let wrongValues: [(String, String)] = [
        ("retries: 21", "site.yaml:3:10: retries: must be an integer from 0 to 20, not \"21\""),
        ("retries: -1", "site.yaml:3:10: retries: must be an integer from 0 to 20, not \"-1\""),
        ("retries: 007", "site.yaml:3:10: retries: must be an integer from 0 to 20, not \"007\"; write 7"),
        (
            "retries: 1_0",
            "site.yaml:3:10: retries: must be an integer from 0 to 20, not \"1_0\"; write the digits without separators"
        ),
        ("retries: 0x8", "site.yaml:3:10: retries: must be an integer from 0 to 20, not \"0x8\""),
        ("retries: 8.0", "site.yaml:3:10: retries: must be an integer from 0 to 20, not \"8.0\""),
        (
            "retries: 99999999999999999999",
            "site.yaml:3:10: retries: must be an integer from 0 to 20, not \"99999999999999999999\""
        ),
        ("retries: [8]", "site.yaml:3:10: retries: must be an integer from 0 to 20, not a list"),
        ("retries:", "site.yaml:3:9: retries: has no value; write one, or remove the key"),
        (
            "title2: ~",
            "site.yaml:3:1: title2: unknown key; keys here are title, greeting, retries, isOpen, answerWithin, bodyMax, policy, skills, listen, peer, callback, sender, calendar, token, limits, queues, hooks, labels, channels"
        ),
        ("peer: null", "site.yaml:3:7: peer: has no value; remove the key, or quote it to mean the text"),
        ("isOpen: yes", "site.yaml:3:9: isOpen: must be true or false, not \"yes\"; write true"),
        ("isOpen: no", "site.yaml:3:9: isOpen: must be true or false, not \"no\"; write false"),
        ("isOpen: maybe", "site.yaml:3:9: isOpen: must be true or false, not \"maybe\""),
        (
            "answerWithin: 30",
            "site.yaml:3:15: answerWithin: needs a unit; write 30s for seconds; units are ms, s, m, h, d"
        ),
        ("answerWithin: 30sec", "site.yaml:3:15: answerWithin: has no unit \"sec\"; units are d, h, m, s, ms"),
        ("answerWithin: 1.5s", "site.yaml:3:15: answerWithin: has no unit \".5s\"; units are d, h, m, s, ms"),
        ("answerWithin: 99ms", "site.yaml:3:15: answerWithin: must be a duration from 100ms to 2h, not 99ms"),
        ("answerWithin: 121m", "site.yaml:3:15: answerWithin: must be a duration from 100ms to 2h, not 121m"),
        ("answerWithin: 9223372036854775807d", "site.yaml:3:15: answerWithin: is too large"),
        (
            "answerWithin: 92233720368547758070s",
            "site.yaml:3:15: answerWithin: needs a whole number without leading zeros, as in 5h"
        ),
        ("answerWithin: soon", "site.yaml:3:15: answerWithin: needs a whole number and a unit, as in 5h"),
        ("bodyMax: 16", "site.yaml:3:10: bodyMax: needs a unit; write 16KiB; units are B, KiB, MiB, GiB"),
        ("bodyMax: 16KB", "site.yaml:3:10: bodyMax: has no unit \"KB\"; write 16KiB; units are B, KiB, MiB, GiB"),
        ("bodyMax: 1023B", "site.yaml:3:10: bodyMax: must be a size from 1KiB to 4MiB, not 1023B"),
        ("bodyMax: 5MiB", "site.yaml:3:10: bodyMax: must be a size from 1KiB to 4MiB, not 5MiB"),
        ("bodyMax: 9223372036854775807GiB", "site.yaml:3:10: bodyMax: is too large"),
        (
            "policy: longestidle",
            "site.yaml:3:9: policy: must be one of longestIdle, roundRobin, not \"longestidle\"; did you mean longestIdle?"
        ),
        ("policy: random", "site.yaml:3:9: policy: must be one of longestIdle, roundRobin, not \"random\""),
        (
            "skills: german",
            "site.yaml:3:9: skills: must be a list of 0 to 3, each a string of 1 to 20 bytes, not a single value; put '- ' before each item, or write [first, second]"
        ),
        ("skills: [a, b, c, d]", "site.yaml:3:9: skills: must have 0 to 3 entries, not 4"),
        ("skills: [a, \"\"]", "site.yaml:3:13: skills[1]: must be a string of 1 to 20 bytes, not 0"),
        ("skills: [abcdefghijklmnopqrstu]", "site.yaml:3:10: skills[0]: must be a string of 1 to 20 bytes, not 21"),
        (
            "skills: [\"a\\nb\"]",
            "site.yaml:3:10: skills[0]: holds a control character or a line break; write it on one line"
        ),
        (
            "listen: localhost:80",
            "site.yaml:3:9: listen: must be an IP address and port such as 127.0.0.1:8080 or [::1]:8080, not \"localhost:80\"; write 127.0.0.1:80"
        ),
        (
            "listen: :80",
            "site.yaml:3:9: listen: must be an IP address and port such as 127.0.0.1:8080 or [::1]:8080, not \":80\"; write 0.0.0.0:80 to listen on every interface"
        ),
        (
            "listen: 127.0.0.1",
            "site.yaml:3:9: listen: must be an IP address and port such as 127.0.0.1:8080 or [::1]:8080, not \"127.0.0.1\""
        ),
        (
            "listen: 127.0.0.1:65536",
            "site.yaml:3:9: listen: must be an IP address and port such as 127.0.0.1:8080 or [::1]:8080, not \"127.0.0.1:65536\""
        ),
        (
            "listen: \"::1\"",
            "site.yaml:3:9: listen: must be an IP address and port such as 127.0.0.1:8080 or [::1]:8080, not \"::1\"; write [::1]:8080"
        ),
        ("peer: example.com", "site.yaml:3:7: peer: is not a URL; begin with https://"),
        (
            "peer: http://example.com/",
            "site.yaml:3:7: peer: must begin with https://; http:// is allowed only to this machine (127.0.0.1)"
        ),
        ("peer: ftp://example.com/", "site.yaml:3:7: peer: must be a URL that begins with https://, not \"ftp\""),
        (
            "peer: https://me:you@example.com/",
            "site.yaml:3:7: peer: must not hold a user or password; use a key that names a secret file"
        ),
        ("peer: https://example.com/a#b", "site.yaml:3:7: peer: must not hold a fragment (#)"),
        ("peer: https://example.com:0/", "site.yaml:3:7: peer: needs a port from 1 to 65535 after the colon"),
        (
            "peer: https:///path",
            "site.yaml:3:7: peer: has no usable host name; a name of letters, digits, '-' and '.', or an IP address"
        ),
        (
            "peer: https://300.1.1.1/",
            "site.yaml:3:7: peer: has no usable host name; a name of letters, digits, '-' and '.', or an IP address"
        ),
        (
            "peer: https://exämple.com/",
            "site.yaml:3:7: peer: holds a character no URL may hold; percent-encode it (RFC 3986 §2.1)"
        ),
        (
            "calendar: ~/days.ics",
            "site.yaml:3:11: calendar: must not begin with '~'; write the path out: no shell reads this file"
        ),
        ("limits: 5", "site.yaml:3:9: limits: must be a section of keys, not a single value"),
        ("limits: {low: 5, high: 5}", "site.yaml:3:15: limits.low: must lie below high (high stands in line 3)"),
        ("limits:\n  low: 100", "site.yaml:4:8: limits.low: must lie below high (high is the default)"),
        (
            "queues:\n  support:\n    offerTimout: 5s",
            "site.yaml:5:5: queues.support.offerTimout: unknown key; did you mean offerTimeout?"
        ),
        (
            "queues:\n  support:\n    overflow: sails",
            "site.yaml:5:15: queues.support.overflow: no queue is called \"sails\""
        ),
        (
            "queues: {a.b: {offerTimeout: 5}}",
            "site.yaml:3:30: queues.\"a.b\".offerTimeout: needs a unit; write 5s for seconds; units are ms, s, m, h, d"
        ),
        (
            "queues: {\"a\\u202Eb\": {}}",
            "site.yaml:3:10: queues.\"a\\u202Eb\": is no name; use visible characters, without quotes around blanks"
        ),
        ("hooks:\n  - events: [a]", "site.yaml:4:5: hooks[0].url: is missing; give it a URL that begins with https://"),
        (
            "hooks:\n  - url: https://a/\n    events: []",
            "site.yaml:5:13: hooks[0].events: must have 1 to 9 entries, not 0"
        ),
        ("channels:\n  text: {}", "site.yaml:4:9: channels.text.adapter: is missing; give it one of sms, hook"),
        (
            "channels:\n  text: {adapter: smms}",
            "site.yaml:4:19: channels.text.adapter: must be one of sms, hook, not \"smms\"; did you mean sms?"
        ),
        (
            "channels:\n  text: {adapter: sms}",
            "site.yaml:4:9: channels.text.account: is missing; give it a string of 1 to 4096 bytes"
        ),
        (
            "channels:\n  text: {adapter: sms, acount: x}",
            "site.yaml:4:9: channels.text.account: is missing; give it a string of 1 to 4096 bytes\nsite.yaml:4:24: channels.text.acount: unknown key; did you mean account?"
        ),
    ]

    @Test(
        "Every phone number that is not E.164 is refused",
        arguments: ["+123456", "+1234567890123456", "4930123456", "+0301234567", "+49 30 123", "0049301234567", "+"])
    func phoneNumber(text: String) {
        let bytes = Array("title: Home\nsender: \(text)\n".utf8)
        let said = complaints { () throws(ConfigurationError) in
            _ = try ConfigurationFile.read(EverythingSection.self, bytes: bytes, file: "site.yaml", files: .assumed)
        }
        #expect(
            said
                == "site.yaml:2:9: sender: must be a phone number such as +493012345678 (plus, 7 to 15 digits), not \"\(text)\""
        )
    }

    @Test("All complaints of a file are reported together, in file order")
    func together() {
        let text = """
            retries: 25
            isOpen: nope
            limits: {low: 5, high: 2, hihg: 7}
            peer: &home https://a.example/
            callback: *home
            retries: 8
            """
        #expect(
            complaints(text) == """
                site.yaml:3:10: retries: must be an integer from 0 to 20, not "25"
                site.yaml:4:9: isOpen: must be true or false, not "nope"
                site.yaml:5:15: limits.low: must lie below high (high stands in line 5)
                site.yaml:5:27: limits.hihg: unknown key; keys here are low, high
                site.yaml:6:7: peer: anchors (&name) are refused; write the value out
                site.yaml:7:11: callback: aliases (*name) are refused; write the value out, or quote it
                site.yaml:8:1: retries: is given twice; the first stands in line 3
                """)
    }

    @Test("A file with more complaints than the bound lists the first hundred and counts the others")
    func bound() {
        let text = (0..<130).map { "unknownKey\($0): 1" }.joined(separator: "\n")
        let lines = complaints(text).split(separator: "\n")
        #expect(lines.count == 101)
        #expect(lines.last == "and 30 more complaints; mend these first")
    }

    @Test("Forty thousand unknown keys are refused in seconds")
    func manyUnknownKeys() {
        let text = (0..<40_000).map { "titel\($0): 1\n" }.joined()
        var last: Substring?
        let taken = ContinuousClock().measure { last = complaints(text).split(separator: "\n").last }
        #expect(last == "and 39900 more complaints; mend these first")
        #expect(taken < .seconds(10), "\(taken)")
    }

    @Test("A file that is not there is refused by name")
    func missingFile() {
        let said = complaints { () throws(ConfigurationError) in
            _ = try ConfigurationFile.load(LimitsSection.self, from: "/nowhere/site.yaml")
        }
        #expect(said == "/nowhere/site.yaml: cannot be opened: \"/nowhere/site.yaml\": No such file or directory")
    }

    @Test("The nearest name allows one edit in three letters and takes a swap of neighbours for one")
    func nearest() {
        let names = ["offerTimeout", "overflow", "low"]
        #expect(complaints("queues: {a: {ofefrTimeout: 1s}}").hasSuffix("did you mean offerTimeout?"))
        #expect(complaints("queues: {a: {overflwo: b}}").hasSuffix("did you mean overflow?"))
        #expect(complaints("limits: {lo: 1}").hasSuffix("did you mean low?"))
        #expect(complaints("limits: {lo: 1}").contains(names[2]))
        #expect(complaints("limits: {lmu: 1}").hasSuffix("keys here are low, high"))
    }
}
