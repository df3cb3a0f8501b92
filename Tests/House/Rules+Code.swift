/// The rules of the house, each a function from a tree to what is wrong in it.
enum Rules {}

/// Rules about what Swift code may say.
extension Rules {
    static let pureRooms = ["JSON", "InteractionModel", "Routing", "Federation", "Simulation"]

    static func pureRoomsStayPure(_ tree: SourceTree) -> [Finding] {
        let clocks =
            #"\b(clock_gettime|gettimeofday|getrandom|getentropy|arc4random\w*|DispatchTime|Date|UUID|SystemRandomNumberGenerator|ContinuousClock|SuspendingClock|Hasher)\b|(?<![\w.])(?<!func )(time|rand|random|usleep|sleep)\("#
        let dice = #"\.(random|randomElement|shuffled|shuffle)\((?![^)\n]*using:)|\.hashValue\b"#
        let effects = #"\bTask\s*(\{|\.|\()|\bawait\b|\bDispatchQueue\b|\bgetenv\("#
        return tree.production.filter { file in pureRooms.contains { file.isUnder("Sources/\($0)") } }.flatMap { file in
            file.findings(#"\bimport\s+(Foundation\w*|Dispatch|Synchronization)\b"#) {
                "a pure room has no `\($0)`; do the effect in Site and hand its result in"
            }
                + file.findings("\(clocks)|\(dice)") {
                    "a pure room has no `\($0)`; let the time, the seed or the identifier come with the event"
                }
                + file.findings(effects) {
                    "a pure room does not wait or ask (`\($0)`); return an effect for Site to perform"
                }
        }
    }

    static func noFoundationInProduction(_ tree: SourceTree) -> [Finding] {
        tree.production.flatMap { file in
            file.findings(#"\bimport\s+((struct|class|enum|func)\s+)?Foundation\w*"#) { _ in
                "Foundation costs start time and memory; use Glibc or a room of ours"
            }
        }
    }

    static func channelsImportTheirContractOnly(_ tree: SourceTree) -> [Finding] {
        let allowed = "ChannelKit|HTTP|Configuration|InteractionModel|JSON"
        return tree.production.filter { $0.isUnder("Channels") }.flatMap { file in
            file.findings(#"\bimport\s+(?!(\#(allowed))\s*$)[\w.]+"#) {
                "a channel does not `\($0)`; it may import \(allowed.split(separator: "|").joined(separator: ", ")):"
                    + " what is missing belongs in ChannelKit"
            }
        }
    }

    static func nothingTrapsWithoutASentence(_ tree: SourceTree) -> [Finding] {
        tree.production.flatMap { file in
            file.findings(#"\btry!|\bas!|\bfatalError\("#) {
                "`\($0)` traps on what the world does; handle it, or state the programmer's error in a precondition"
            }
                + file.findings(#"\bprecondition(Failure)?\([^"]*?\)\s*$"#) { _ in
                    "a precondition says in a sentence what the caller did wrong; add it"
                }
        }
    }

    static func locksAreOurOwn(_ tree: SourceTree) -> [Finding] {
        tree.production.flatMap { file in
            file.findings(#"\bMutex\s*[<(]"#) { _ in
                "ThreadSanitizer reports false races on Synchronization's lock; use the small class around pthread_mutex"
            }
        }
    }

    /// A heuristic: names that end in one of the words. A line that says "not a secret" is excused.
    static func secretsAreComparedInConstantTime(_ tree: SourceTree) -> [Finding] {
        let name = #"(?:token|secret|signature|mac|password|[a-z]\w*(?:Token|Secret|Signature|Mac|MAC|Password))"#
        let harmless = #"(?!\s*(?:nil\b|\.|"|#"|\d|true\b|false\b))"#
        let pattern = #"\b\#(name)\)?\s+[!=]=\#(harmless)|(?<!\w)[\w)\]]+\s+[!=]=\s+(?:\w+\.)*\#(name)\b(?![.(\[])"#
        return tree.production.flatMap { file in
            file.findings(pattern, unless: "not a secret") { match in
                match.contains("nil ")
                    ? "" : "`\(match.trimmed)` tells by its duration how much was right; compare in constant time"
            }.filter { !$0.reason.isEmpty }
        }
    }

    static func publicIsForIntegrators(_ tree: SourceTree) -> [Finding] {
        tree.production.filter { !$0.isUnder("Sources/InteractionModel") && !$0.isUnder("Sources/ChannelKit") }.flatMap
        { file in
            file.findings(#"^\s*(public\b|open\s+(class|func|var|override)\b)"#) { _ in
                "only InteractionModel and ChannelKit promise anything outside the package; write `package`"
            }
        }
    }

    static func filesStayReadable(_ tree: SourceTree) -> [Finding] {
        tree.files.filter { ($0.isSwift || $0.isScript) && $0.lines.count > 601 }.map {
            Finding(
                path: $0.path, line: 0,
                reason: "has \($0.lines.count - 1) lines; it holds two things: give each its own file")
        }
    }
}

extension String {
    fileprivate var trimmed: String { String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()) }
}
