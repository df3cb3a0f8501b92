import Chance
import InteractionModel
import Routing

extension World {
    mutating func customerComes() {
        guard !isCalm else { return }
        agenda.plan(.customer, at: now + dice.pause(mean: weather.arrivalEvery))
        let number = customers.count
        customers.append(Customer(home: dice.below(sites.count), party: PartyKey("c\(number)")))
        writes(number)
    }

    private mutating func writes(_ customer: Int) {
        customers[customer].written += 1
        lines.append(Line(customer: customer, key: key("l")))
        send(line: lines.count - 1)
    }

    func key(_ letter: String) -> IdempotencyKey {
        guard let key = IdempotencyKey("\(letter)\(lines.count)") else { preconditionFailure("A number is a key.") }
        return key
    }

    /// The provider posts a line to the site, and again while it hears nothing.
    mutating func send(line: Int) {
        let home = customers[lines[line].customer].home
        lines[line].tries += 1
        say(.line(line), to: home, for: .line(line))
        let isRepetition = lines[line].isAnswered
        if !isRepetition, lines[line].tries < 200 { agenda.plan(.line(line), at: now + dice.number(2_000...20_000)) }
    }

    func inbound(_ line: Int, at site: Int) -> InboundContact {
        let customer = customers[lines[line].customer]
        let key = lines[line].key
        var wish = RoutingWish()
        wish.queue = Self.queues[lines[line].customer % Self.queues.count]
        return InboundContact(
            key: key, channel: Self.channel, account: AccountName("main"), party: customer.party,
            thread: customer.party, destination: "+4930", wish: wish,
            earlier: plant == .forgetsKeys ? nil : sites[site].knows(key))
    }

    mutating func lineAnswered(_ line: Int, _ answer: Answer) {
        switch answer {
        case .accepted(let id, _): hears(line, id)
        case .repeated(let id?): hears(line, id)
        case .refused: break  // Sent again later, as a provider would.
        default: witness.complain("the line \(line) of a customer is answered \(answer)")
        }
    }

    private mutating func hears(_ line: Int, _ id: InteractionID) {
        let customer = lines[line].customer
        if lines[line].isAnswered {
            guard lines[line].answer != id else { return }
            let (first, home) = (lines[line].answer?.number ?? 0, names[customers[customer].home])
            return witness.complain("line \(line) was answered \(home)-\(first) and then \(home)-\(id)")
        }
        lines[line].isAnswered = true
        lines[line].answer = id
        customers[customer].interaction = id
        witness.acknowledged(line: line)
        if dice.happens(permille: 100) { agenda.plan(.line(line), at: now + dice.number(10...20_000)) }
        if customers[customer].written < 8, dice.happens(permille: 800) {
            agenda.plan(.customerActs(customer), at: now + dice.number(300...10_000))
        }
    }

    /// Writes once more, or gives up.
    mutating func customerActs(_ customer: Int) {
        guard !isCalm, !customers[customer].isGone else { return }
        if dice.happens(permille: 850) { return writes(customer) }
        customers[customer].isGone = true
        guard let id = customers[customer].interaction else { return }
        say(.event(.withdrawn(id, cause: "gone")), to: customers[customer].home)
    }

    // MARK: Channels

    /// A provider has taken a message, or will not now, or never.
    mutating func providerAnswers(_ message: MessageID, attempt: Int, at site: Int) {
        let outcome: SendOutcome
        switch isCalm ? 0 : dice.below(100) {
        case ..<85:
            outcome = .sent(providerID: "P\(message)")
            for line in sites[site].journal.content[message.number]?.lines ?? [] {
                witness.customerReads(Int(line), as: message.number, at: site)
            }
        case ..<98: outcome = .again(after: nil, reason: "503")
        default: outcome = .never(reason: "21211")
        }
        say(.event(.sendEnded(message, attempt: attempt, outcome)), to: site)
    }
}
