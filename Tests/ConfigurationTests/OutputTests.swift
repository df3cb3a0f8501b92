import Configuration
import Testing

@Suite struct OutputTests {
    @Test("A sample says what each key is, and what is commented out is the default")
    func sample() {
        #expect(
            SampleFile.text(of: HookSection.self) == """
                # Where to post. (required: a URL that begins with https://)
                url: https://example.com/

                # What to post. (required: a list of 1 to 9, each a string of 1 to 4096 bytes)
                events: [example]

                """)
        #expect(
            SampleFile.text(of: LimitsSection.self) == """
                # Where taking begins again. (an integer from 0 to 1000)
                # low: 10

                # Where taking stops. (an integer from 0 to 1000)
                # high: 100

                """)
    }

    @Test(
        "Every sample made from the keys loads without complaint", arguments: [SampleFile.Extent.required, .everything])
    func sampleLoads(extent: SampleFile.Extent) throws {
        let text = SampleFile.text(of: EverythingSection.self, extent: extent, catalog: catalog)
        let said = complaints { () throws(ConfigurationError) in
            let loaded = try ConfigurationFile.read(
                EverythingSection.self, bytes: Array(text.utf8), file: "sample.yaml", catalog: catalog, files: .assumed)
            #expect(loaded.root.retries == 8)
            #expect(loaded.root.sender.text == "+4915112345678")
            #expect(loaded.root.hooks.count == (extent == .everything ? 1 : 0))
            #expect(loaded.root.channels.count == (extent == .everything ? 1 : 0))
        }
        // The example of a cross reference names no queue, and the reader says so: that is all that may be said.
        let expected =
            extent == .everything ? ": queues.example.overflow: no queue is called \"example\"" : "no complaint"
        #expect(said == "no complaint" || said.hasSuffix(expected), "\(said)\n\(text)")
    }

    @Test("The effective configuration shows every value in force, marks defaults, and hides secrets")
    func effective() throws {
        let text =
            "retries: 3\ntoken: secrets/token\nskills: [\"null\", \"a: b\", no]\nqueues:\n  support: {overflow: support}\nhooks:\n  - url: https://a/\n    events: [x]\nchannels:\n  text: {adapter: sms, account: AC7}\nlabels: {\"a.b\": \"# x\"}\n"
        #expect(
            try readEverything(text).effectiveText == """
                title: Home
                greeting: "Hello,\\nhow may we help?"  # default
                retries: 3
                isOpen: true  # default
                answerWithin: 20s  # default
                bodyMax: 16KiB  # default
                policy: longestIdle  # default
                skills: ["null", "a: b", no]
                listen: 127.0.0.1:8080  # default
                # peer: not set
                # callback: not set
                sender: +493012345678
                # calendar: not set
                token: secrets/token  # a secret, not shown
                limits:
                  low: 10  # default
                  high: 100  # default
                queues:
                  support:
                    offerTimeout: 15s  # default
                    overflow: support
                hooks:
                  - url: https://a/
                    events: [x]
                labels:
                  a.b: "# x"
                channels:
                  text:
                    adapter: sms
                    account: AC7

                """)
    }

    @Test("What is shown loads again and shows the same, apart from the marks")
    func roundTrip() throws {
        let once = try readEverything("labels: {x: \"\\u202E\\\"\\\\ #\", \"- y\": \"--- z\", n: \"~\", e: \"...\"}")
            .effectiveText
        let again = try ConfigurationFile.read(
            EverythingSection.self, bytes: Array(once.utf8), file: "f", catalog: catalog, files: .assumed)
        let unmarked = once.split(separator: "\n").map { $0.hasSuffix("  # default") ? $0.dropLast(11) : $0 }
        #expect(again.effectiveText.split(separator: "\n") == unmarked)
    }

    @Test("The reference page has a table for each section, with type, default and meaning")
    func reference() {
        let page = ReferencePage.text(of: EverythingSection.self, title: "Configuration", catalog: catalog)
        #expect(
            page.hasPrefix("# Configuration\n\n| key | takes | when left out | meaning |\n| --- | --- | --- | --- |\n"))
        for line in [
            "| `title` | a string of 1 to 4096 bytes | required | What people call this site. |",
            "| `retries` | an integer from 0 to 20 | `8` | How often a message is sent again. |",
            "| `token` | a path to a file with a secret, readable by its owner only | nothing | The token callers show. |",
            "| `limits` | a section of keys | as if empty | What is refused when there is too much. |",
            "## limits", "## queues.NAME", "## hooks[]", "## channels.NAME with adapter: sms",
            "| `overflow` | a string of 1 to 4096 bytes | nothing | Where contacts go when it is full. |",
        ] {
            #expect(page.contains(line + "\n"), "\(line)")
        }
    }
}
