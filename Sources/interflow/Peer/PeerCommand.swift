import Configuration
import Glibc
import HTTP
import Site

/// The other sites of the network: meeting them, looking after them, and changing this site's own key.
enum PeerCommand {
    static let command = Command(
        name: "peer", summary: "Make sites known to each other, and see how they get on",
        description: [
            "Sites prove to each other who they are with keys. Each has its own, peer.key in its data folder, made at its first start. "
                + "Two sites know each other when each has been told the other's key, and somebody has compared it.",
            "identity prints this site's fingerprint, its key and, if it serves HTTPS, the pin of its certificate: what the other "
                + "site's operator needs.",
            "add NAME URL asks the site at URL who it is and shows half of its fingerprint. Let that site's operator read the other half to "
                + "you, over the telephone for instance, from interflow peer identity there, and type it. A key that was swapped on the way "
                + "does not pass. NAME is what the other site calls itself. Do the same at the other site.",
            "list shows every peer, asks each whether it answers, and says when its last summary came. ping NAME asks one, signed and "
                + "verified both ways, and says exactly what is wrong: nobody there, another certificate, this site not known there, clocks that "
                + "differ, a URL under which that site does not know itself.",
            "rotate changes this site's key without a gap. The first call makes the next key (peer.key.next) and announces it to every "
                + "peer, signed with the old one; both count from then on. rotate --finish signs with the next one and forgets the old, but only when "
                + "every peer has said that it knows it. rotate --announce tells the keys again, to peers that were away. A key that was stolen is not "
                + "rotated: stop the site, remove peer.key and incarnation from the data folder, start it, and let every peer remove and add it anew.",
            "remove NAME forgets a peer that add wrote. Peers can stand in the configuration too, under peers; those are changed there.",
            "What add and remove write is peers.yaml in the data folder. A running site is told to read it again if the admin's token is at "
                + "hand; SIGHUP does the same.",
        ],
        options: [
            .init(name: "json", summary: "list, ping: print JSON."),
            .init(
                name: "fingerprint", value: "HEX",
                summary:
                    "add: the other site's fingerprint, for scripts; nobody is asked. Blanks and colons are allowed."),
            .init(
                name: "tls-pin", value: "PIN",
                summary:
                    "add: believe this key of its certificate instead of authorities; as its peer identity prints it."),
            .init(name: "finish", summary: "rotate: sign with the next key and forget the old one."),
            .init(name: "announce", summary: "rotate: tell every peer the keys again."),
        ] + SiteAccess.options,
        operands: [
            .init(name: "identity|add|list|ping|rotate|remove", summary: "What to do."),
            .init(name: "NAME", isRequired: false, summary: "add, ping, remove: the peer."),
            .init(name: "URL", isRequired: false, summary: "add: where this site reaches it."),
        ],
        exits: [
            (.ok, "done; for list and ping: every peer asked answered"),
            (.failed, "a peer did not answer; the fingerprint is another; not every peer knows the next key"),
            (.data, "that site is somebody else, or is known already"), (.noInput, "there is no key or no such peer"),
            (.unavailable, "no site answered"), (.noPermission, "the token or a file's mode does not allow it"),
            (.configuration, "the configuration or peers.yaml is wrong"),
        ],
        examples: [
            "interflow peer identity", "interflow peer add munich https://munich.example.com",
            "interflow peer ping munich",
            "interflow peer list", "interflow peer rotate", "interflow peer rotate --finish",
        ], run: run)

    private static func run(_ invocation: Invocation) throws -> ExitCode {
        let verb = invocation.operands[0]
        let words = Array(invocation.operands.dropFirst())
        let wanted = ["add": 2, "ping": 1, "remove": 1][verb] ?? 0
        guard words.count == wanted else {
            throw CommandFailure(.usage, "peer \(verb) needs \(["nothing more", "NAME", "NAME and URL"][wanted])")
        }
        do {
            switch verb {
            case "identity": return try PeerFolder(invocation).sayIdentity()
            case "add": return try PeerAdding(invocation).add(words[0], words[1])
            case "remove": return try PeerAdding(invocation).remove(words[0])
            case "list": return try PeerListing(invocation).list()
            case "ping": return try PeerListing(invocation).ping(words[0])
            case "rotate": return try PeerRotating(invocation).run()
            default:
                throw CommandFailure(.usage, "peer can identity, add, list, ping, rotate and remove, not \(verb)")
            }
        } catch let error as ConfigurationError {
            throw CommandFailure(.configuration, TerminalText.lines(error.description))
        }
    }
}

/// A site's data folder and what its configuration says of peers: no site needs to run.
struct PeerFolder {
    let configuration: SiteConfiguration
    let path: String

    init(_ invocation: Invocation) throws {
        let (_, loaded) = try ConfigurationLookup.load(invocation, files: .assumed)
        configuration = loaded.root
        path = loaded.root.data.resolved
    }

    /// - Throws: `CommandFailure` where the site has no key yet.
    func keys() throws -> PeerKeys {
        do {
            if let keys = try PeerKeys.read(folder: path) { return keys }
        } catch {
            throw CommandFailure(.noPermission, TerminalText.safe("\(error)"))
        }
        throw CommandFailure(
            .noInput,
            "there is no \(PeerKeys.fileName) in \(TerminalText.safe(path)); the site makes one at its first start: interflow serve"
        )
    }

    func sayIdentity() throws -> ExitCode {
        let keys = try keys()
        Terminal.say("site:         \(configuration.site)")
        Terminal.say("url:          \(TerminalText.safe(configuration.publicAddress))")
        Terminal.say("fingerprint:  \(Fingerprint.spoken(keys.current.publicKey.fingerprint))")
        Terminal.say("key:          \(keys.current.publicKey.text)")
        if let next = keys.next?.publicKey {
            Terminal.say("next:         \(Fingerprint.spoken(next.fingerprint))")
            Terminal.say("next key:     \(next.text)")
        }
        if let tls = configuration.tls {
            let pin = TLSPin.of(certificateFile: tls.certificate.resolved)
            Terminal.say("tls pin:      \(pin ?? "the certificate cannot be read")")
        }
        return .ok
    }
}
