import Chance
import HTTP
import JSON
import Support

/// Hands a site's contacts to other sites as fast as it may, whoever has them; now and then lets a customer leave.
struct TorturingSupervisor {
    /// Commands under way at once.
    static let side = 16

    let site: NetworkSite
    let others: [String]
    let caller: Caller
    let control: Control
    /// Pause between two rounds of commands, in milliseconds.
    let pause: Int
    var dice: Dice

    mutating func run() {
        while control.isSending {
            handOver()
            if dice.happens(percent: 20) { letLeave() }
            control.rest(milliseconds: pause)
        }
    }

    private mutating func handOver() {
        let contacts = site.watch.drawMovable(Self.side, &dice)
        guard !contacts.isEmpty else { return }
        let requests = contacts.map { contact in
            let body: JSONValue = ["site": .string(others[dice.number(0...others.count - 1)])]
            return caller.request("POST", "/v1/interactions/\(contact)/hand-over", as: "boss", body: body.bytes)
        }
        for (contact, answer) in zip(contacts, caller.performAll(requests)) {
            guard case .success(let answer) = answer, (200...299).contains(answer.status) else {
                site.watch.putBack(contact)
                continue
            }
        }
    }

    private mutating func letLeave() {
        guard let contact = site.watch.anyOpen(&dice) else { return }
        _ = try? caller.call("DELETE", "/v1/interactions/\(contact)", as: "boss")
    }
}
