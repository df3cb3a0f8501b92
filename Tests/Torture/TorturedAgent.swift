import Chance
import Glibc
import JSON
import Support

/// What one connection of an agent was told, for the comparison with the journal.
struct FeedRecord: Sendable {
    var agent: String
    /// What the desktop said it had seen; nil when it asked for everything.
    var last: Int64?
    /// The welcome's sequence, and whether it goes on where `last` was.
    var welcome: Int64
    var isResumed: Bool
    /// What the agent was told to have; nil on a resumed welcome.
    var held: [Int64]?
    /// The events' sequences in the order in which they came.
    var seen: [Int64] = []
}

/// An agent who accepts, replies and closes as fast as the site allows, and loses the connection all the time.
final class TorturedAgent: @unchecked Sendable {  // Belongs to one thread; `feeds` is read when that has ended.
    private enum Work {
        case offered(Int64)
        case active, wrapping
    }

    private struct Contact {
        var channel: String
        var work: Work
    }

    let name: String
    /// Sites it hands contacts on to until all is calm; none unless told.
    var otherSites: [String] = []
    /// Put into each reply, so that colleagues of the same name at other sites write other ones.
    var words = ""
    /// How many of its contacts it hands on, of a hundred.
    var handOnPercent = 0
    private(set) var feeds: [FeedRecord] = []
    private let folder: SiteFolder
    private let ledger: Ledger
    private let control: Control
    private var dice: Dice
    private var desk: Desk?
    private var feed: FeedRecord?
    private var last: Int64?
    private var count = 0
    private var contacts: [Int64: Contact] = [:]
    /// Replies sent on this connection, and those of earlier ones that were never answered.
    private var awaited: [String: Reply] = [:]
    private var unanswered: [String: Reply] = [:]

    private struct Reply {
        var interaction: Int64
        var text: String
    }

    init(name: String, folder: SiteFolder, ledger: Ledger, control: Control, dice: Dice) {
        self.name = name
        self.folder = folder
        self.ledger = ledger
        self.control = control
        self.dice = dice
    }

    /// The key under which the journal keeps a reply.
    static func journalKey(_ key: String) -> String { "agent/\(key)" }

    func run() {
        while control.agentsWork {
            connect()
            let isAway = !control.isCalm && dice.happens(percent: 3)
            control.rest(milliseconds: isAway ? dice.number(3000...7000) : dice.number(5...60))
        }
    }

    // MARK: One connection

    private func connect() {
        guard let desk = try? Desk(folder, agent: name, last: dice.happens(percent: 95) ? last : nil) else { return }
        self.desk = desk
        let clock = ContinuousClock()
        let end = clock.now + .milliseconds(dice.number(200...4000))
        var isOver = false
        while !isOver, clock.now < end, control.agentsWork {
            switch desk.next(within: .milliseconds(100)) {
            case .message(let message): take(message)
            case .ended: isOver = true
            case .opened, nil: break
            }
        }
        if dice.happens(percent: 50) { desk.close() } else { desk.cut() }
        self.desk = nil
        keepFeed()
    }

    private func keepFeed() {
        if let feed { feeds.append(feed) }
        feed = nil
        for (id, reply) in awaited {
            ledger.unanswered(.reply, "\(name)/\(id)")
            unanswered[id] = reply
        }
        awaited = [:]
    }

    private func take(_ message: JSONValue) {
        switch message["type"]?.stringValue {
        case "welcome": begin(message)
        case "event": hear(message)
        case "result": finish(message)
        default: break
        }
    }

    private func begin(_ welcome: JSONValue) {
        let isResumed = welcome["resumed"]?.boolValue ?? false
        let sequence = welcome["seq"]?.integerValue ?? 0
        let list = welcome["contacts"]?.arrayValue ?? []
        feed = FeedRecord(
            agent: name, last: last, welcome: sequence, isResumed: isResumed,
            held: isResumed ? nil : list.compactMap { $0["interaction"]?.integerValue })
        if !isResumed {
            last = sequence
            contacts = [:]
            for entry in list { take(over: entry) }
        }
        ask(["type": "status", "status": "available"])
        for (id, reply) in unanswered.sorted(by: { $0.key < $1.key }) where dice.happens(percent: 70) {
            unanswered[id] = nil
            send(reply, id: id)
        }
        for (id, _) in contacts.sorted(by: { $0.key < $1.key }) { work(on: id) }
    }

    private func take(over entry: JSONValue) {
        guard let id = entry["interaction"]?.integerValue, let state = entry["state"]?.stringValue else { return }
        let work: Work =
            switch state {
            case "offered": .offered(entry["offer"]?.integerValue ?? 0)
            case "wrapping": .wrapping
            default: .active
            }
        contacts[id] = Contact(channel: entry["channel"]?.stringValue ?? "", work: work)
    }

    private func hear(_ event: JSONValue) {
        guard let sequence = event["seq"]?.integerValue else { return }
        feed?.seen.append(sequence)
        last = max(last ?? 0, sequence)
        let id = event["interaction"]?.integerValue ?? 0
        switch event["event"]?.stringValue {
        case "offer":
            let channel = event["channel"]?.stringValue ?? ""
            contacts[id] = Contact(channel: channel, work: .offered(event["offer"]?.integerValue ?? 0))
            work(on: id)
        case "accepted":
            contacts[id]?.work = .active
            work(on: id)
        case "wrapup":
            contacts[id]?.work = .wrapping
            work(on: id)
        case "rejected", "offer-timed-out", "offer-withdrawn", "closed", "taken-back", "requeued": contacts[id] = nil
        case "status" where event["status"]?.stringValue != "available":
            ask(["type": "status", "status": "available"])
        default: break
        }
    }

    // MARK: Work

    private func work(on id: Int64) {
        guard let contact = contacts[id] else { return }
        switch contact.work {
        case .offered(let offer):
            switch dice.number(0...99) {
            case 0..<4: break  // Let it ring.
            case 4..<8: ask(["type": "reject", "offer": .integer(offer)])
            default: ask(["type": "accept", "offer": .integer(offer)])
            }
        case .active:
            if contact.channel == "sms", dice.happens(percent: 80) { reply(to: id) } else { end(id) }
        case .wrapping: close(id)
        }
    }

    private func end(_ id: Int64) {
        if !otherSites.isEmpty, !control.isCalm, dice.happens(percent: handOnPercent) {
            let site = otherSites[dice.number(0...otherSites.count - 1)]
            return ask(["type": "transfer", "interaction": .integer(id), "site": .string(site)])
        }
        switch dice.number(0...99) {
        case 0..<15: ask(["type": "wrapup", "interaction": .integer(id)])
        case 15..<20: ask(["type": "requeue", "interaction": .integer(id)])
        default: close(id)
        }
    }

    private func close(_ id: Int64) {
        ask(["type": "close", "interaction": .integer(id), "disposition": "solved"])
    }

    private func ask(_ request: JSONValue) {
        guard var object = request.objectValue else { return }
        count += 1
        object["id"] = .string("c-\(count)")
        desk?.send(.object(object))
    }

    // MARK: Replies

    private func reply(to id: Int64) {
        count += 1
        send(Reply(interaction: id, text: "reply \(words)\(name)/r-\(count) für \(id)"), id: "r-\(count)")
    }

    private func send(_ reply: Reply, id: String) {
        ledger.sending(.reply, "\(name)/\(id)", "\(reply.interaction)")
        let isTaken =
            desk?.send([
                "type": "reply", "id": .string(id), "interaction": .integer(reply.interaction),
                "text": .string(reply.text),
            ]) ?? false
        awaited[id] = reply
        if !isTaken { desk?.cut() }
    }

    private func finish(_ result: JSONValue) {
        guard let id = result["id"]?.stringValue, let reply = awaited.removeValue(forKey: id) else { return }
        let key = "\(name)/\(id)"
        guard result["ok"] == true else {
            return ledger.refused(.reply, key, result["code"]?.stringValue ?? "no-code")
        }
        ledger.acknowledged(.reply, key, result["message"]?.integerValue.map { "\($0)" } ?? "-")
        if dice.happens(percent: 5) { return send(reply, id: id) }
        if dice.happens(percent: 15) { return self.reply(to: reply.interaction) }
        end(reply.interaction)
    }
}
