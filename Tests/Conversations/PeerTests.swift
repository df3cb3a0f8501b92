import Foundation
import Glibc
import JSON
import Support
import Testing

/// Whole sites that know each other, as processes.
@Suite("Sites that know each other", .timeLimit(.minutes(3)))
struct PeerTests {
    private func admin(_ site: RunningSite, _ target: String) throws -> Caller.Answer {
        try Caller(site.folder).call("POST", target, as: "root", body: [])
    }

    @Test("They answer each other, under one incarnation over every restart; a removed one is a stranger after SIGHUP")
    func ping() throws {
        let sites = try PeeredSites(["berlin", "munich"], binary: TestSite.binary)
        let first = try sites.ping(from: 0, to: "munich")
        #expect(first["answered"]?.boolValue == true)
        let incarnation = try #require(first["incarnation"]?.integerValue)
        for isPolite in [false, true] {
            if isPolite { sites[1].terminate() } else { sites[1].process.kill9() }
            #expect(try sites.ping(from: 0, to: "munich")["reason"]?.stringValue == "unreachable")
            let again = try RunningSite(sites[1].folder, binary: TestSite.binary)
            try again.waitUntilReady()
            #expect(try sites.ping(from: 0, to: "munich")["incarnation"]?.integerValue == incarnation)
            if !isPolite {
                try Files.write("peers: {}\n", to: "\(sites[1].folder.dataPath)/peers.yaml")
                again.process.signal(SIGHUP)
                let isStranger = eventually {
                    (try? sites.ping(from: 0, to: "munich"))?["claim"]?.stringValue == "unknown-key"
                }
                #expect(isStranger)
                try PeeredSites.introduce("berlin", at: sites[0].folder, to: sites[1].folder)
            }
            again.terminate()
        }
    }

    @Test("A peer in the configuration counts after SIGHUP; one that stands in both places changes nothing")
    func configured() throws {
        let sites = try PeeredSites(["berlin", "munich"], binary: TestSite.binary)
        defer { for index in 0..<2 { sites[index].folder.remove() } }
        let (berlin, munich) = (sites[0].folder, sites[1].folder)
        let key = try #require(try identity(sites[1]).first)
        let text = try Files.read(berlin.configurationPath)
        try Files.write(
            text + "\npeers: { munich: { url: \"\(munich.url)\", keys: [\"\(key)\"] } }\n", to: berlin.configurationPath
        )
        sites[0].process.signal(SIGHUP)
        let complains = eventually {
            (try? Files.read(sites[0].process.output).contains("the peers stay as they were")) == true
        }
        #expect(complains)
        #expect(try Files.read(sites[0].process.output).contains("data/peers.yaml:3"))
        #expect(try sites.ping(from: 0, to: "munich")["answered"]?.boolValue == true)

        try Files.write("peers: {}\n", to: "\(berlin.dataPath)/peers.yaml")
        sites[0].process.signal(SIGHUP)
        let isTaken = eventually {
            let list = try? Caller(berlin).call("GET", "/v1/peers", as: "boss").json?["peers"]?.arrayValue
            return list?.count == 1 && list?.first?["isManaged"]?.boolValue == false
        }
        #expect(isTaken)
        #expect(try sites.ping(from: 0, to: "munich")["answered"]?.boolValue == true)
        #expect(try sites.ping(from: 1, to: "berlin")["answered"]?.boolValue == true)
    }

    @Test("A key is changed while both run, and nothing between them stops; a peer that is away stops the change")
    func rotation() throws {
        let sites = try PeeredSites(["berlin", "munich"], binary: TestSite.binary)
        let old = try #require(try identity(sites[0]).first)
        #expect(try admin(sites[0], "/v1/peers/rotation?step=finish").status == 409)
        #expect(try admin(sites[0], "/v1/peers/rotation?step=nothing").status == 400)

        sites[1].terminate()
        let alone = try admin(sites[0], "/v1/peers/rotation?step=next")
        #expect(alone.json?["peers"]?.arrayValue?.first?["knows"]?.boolValue == false)
        #expect(try admin(sites[0], "/v1/peers/rotation?step=finish").status == 409)
        #expect(try identity(sites[0]).first == old)

        let munich = try RunningSite(sites[1].folder, binary: TestSite.binary)
        try munich.waitUntilReady()
        let told = try admin(sites[0], "/v1/peers/rotation?step=announce")
        #expect(told.json?["peers"]?.arrayValue?.first?["knows"]?.boolValue == true)
        #expect(try sites.ping(from: 0, to: "munich")["answered"]?.boolValue == true)
        #expect(try admin(sites[0], "/v1/peers/rotation?step=finish").status == 200)
        let new = try identity(sites[0])
        #expect(new.count == 1 && new[0] != old)
        #expect(try sites.ping(from: 0, to: "munich")["answered"]?.boolValue == true)
        let back = try Caller(munich.folder).call("POST", "/v1/peers/berlin/ping", as: "root", body: [])
        #expect(back.json?["answered"]?.boolValue == true)
        #expect(try Files.read("\(munich.folder.dataPath)/peers.yaml").contains(new[0]))
        munich.terminate()
    }

    private func identity(_ site: RunningSite) throws -> [String] {
        try Caller(site.folder).call("GET", "/federation/v1/identity").json?["keys"]?.arrayValue?
            .compactMap(\.stringValue) ?? []
    }

    @Test("Strangers get no further than a reason, may ask who is there only so often, and are counted")
    func strangers() throws {
        let sites = try PeeredSites(["berlin", "munich"], binary: TestSite.binary)
        let caller = try Caller(sites[0].folder)
        for path in ["/federation/v1/ping", "/federation/v1/keys"] {
            let answer = try caller.call("POST", path, as: "root", body: Array(#"{"from":"munich"}"#.utf8))
            #expect(answer.status == 401)
            #expect(answer.json?["type"]?.stringValue == "urn:interflow:problem:peer-unsigned")
        }
        #expect(try caller.metric(#"interflow_peer_refused_total{reason="unsigned"}"#) == 2)
        let asked = caller.performAll((0..<60).map { _ in caller.request("GET", "/federation/v1/identity") })
        let statuses = asked.compactMap { try? $0.get().status }
        #expect(statuses.filter { $0 == 200 }.count >= 20)
        #expect(statuses.contains(429))
        for (path, identity) in [
            ("/v1/peers/reload", "boss"), ("/v1/peers/rotation?step=next", "boss"), ("/v1/peers/munich/ping", "ana"),
        ] {
            #expect(try caller.call("POST", path, as: identity, body: []).status == 403)
        }
    }
}
