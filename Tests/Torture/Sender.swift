import Chance
import Glibc
import HTTP
import JSON
import Support

/// One client that brings contacts in, and brings those again of which it heard nothing.
struct Sender {
    enum Way: Sendable {
        /// `POST /v1/interactions`.
        case api
        /// A signed webhook.
        case text
    }

    /// Customers, so that some write again while their interaction is open.
    var customers = 3000
    /// Contacts a client keeps in mind to repeat.
    static let remembered = 64

    let number: Int
    let way: Way
    let caller: Caller
    let ledger: Ledger
    let control: Control
    /// Pause between two contacts, in microseconds.
    let pause: UInt32
    var dice: Dice
    /// Whether another contact is wanted just now.
    var isWanted: @Sendable () -> Bool = { true }
    private var count = 0
    private var unknown: [Contact] = []
    private var known: [Contact] = []

    private struct Contact {
        var key: String
        var from: String
    }

    init(
        number: Int, way: Way, caller: Caller, ledger: Ledger, control: Control, pause: UInt32, dice: Dice
    ) {
        self.number = number
        self.way = way
        self.caller = caller
        self.ledger = ledger
        self.control = control
        self.pause = pause
        self.dice = dice
    }

    /// The journal's key of a contact with this key.
    static func journalKey(_ key: String) -> String {
        key.hasPrefix("SM") ? "sms:main:\(key)" : "api/shop/\(key)"
    }

    /// Every contact's words name its key, so that content can be told apart.
    static func text(of key: String) -> String { "contact \(key) äöü 👋" }

    mutating func run() {
        while control.isSending {
            if isWanted() { send(choose()) }
            usleep(pause)
        }
        // Half of those without an answer are asked about again; the others stay unknown.
        for contact in unknown where dice.happens(percent: 50) {
            for _ in 0..<200 {
                if send(contact) { break }
                usleep(50_000)
            }
        }
    }

    private mutating func choose() -> Contact {
        if !unknown.isEmpty, dice.happens(percent: 30) {
            return unknown.remove(at: dice.number(0...unknown.count - 1))
        }
        if !known.isEmpty, dice.happens(percent: 5) { return known[dice.number(0...known.count - 1)] }
        count += 1
        let serial = String(number * 10_000_000 + count)
        let key = way == .api ? "k\(serial)" : "SM" + String(repeating: "0", count: 32 - serial.utf8.count) + serial
        return Contact(key: key, from: "+49151\(10_000_000 + dice.number(1...customers))")
    }

    /// Whether there was an answer.
    @discardableResult
    private mutating func send(_ contact: Contact) -> Bool {
        let text = Self.text(of: contact.key)
        let request =
            way == .api
            ? caller.contact(key: contact.key, from: contact.from, text: text)
            : caller.text(sid: contact.key, from: contact.from, text: text)
        ledger.sending(.contact, contact.key, contact.from)
        do throws(ClientFailure) {
            let answer = try caller.perform(request)
            note(answer, contact)
            return true
        } catch {
            ledger.unanswered(.contact, contact.key)
            remember(contact, in: \.unknown)
            if error.delivery == .notSent { usleep(10_000) }
            return false
        }
    }

    private mutating func note(_ answer: Caller.Answer, _ contact: Contact) {
        guard (200...299).contains(answer.status) else {
            return ledger.refused(.contact, contact.key, "\(answer.status)")
        }
        let interaction = answer.json?["interaction"]?.integerValue.map { "\($0)" } ?? "-"
        ledger.acknowledged(.contact, contact.key, interaction)
        remember(contact, in: \.known)
    }

    private mutating func remember(_ contact: Contact, in list: WritableKeyPath<Sender, [Contact]>) {
        if self[keyPath: list].count < Self.remembered {
            self[keyPath: list].append(contact)
        } else {
            self[keyPath: list][dice.number(0...Self.remembered - 1)] = contact
        }
    }
}
