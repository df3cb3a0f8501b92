import Chance
import Federation
import InteractionModel
import Routing

extension World {
    // MARK: Sending

    /// Asks the production outbox what leaves for `peer` now, and sends it.
    mutating func sendWhatIsDue(to peer: Int, from site: Int, evenUncommitted: Bool = false) {
        let moment = sites[site].moment(now)
        guard !sites[site].isCommitting || evenUncommitted, sites[site].outboxes[peer].isReady(at: moment) else {
            return planOutbox(to: peer, from: site)
        }
        let owed = sites[site].state.owed(to: names[peer], limit: sites[site].outboxes[peer].reach)
        let errands = owed.map { Errand($0.item, contact: $0.message.contact, since: $0.since, isOffer: $0.isOffer) }
        var batch = sites[site].outboxes[peer].next(of: errands, at: moment)
        guard !batch.isEmpty else { return planOutbox(to: peer, from: site) }
        if batch.count > weather.batchMax {
            batch.removeLast(batch.count - weather.batchMax)
            sites[site].outboxes[peer].cut(to: batch.count)
        }
        var items: [Owed.Item] = []
        var messages: [PeerMessage] = []
        for dispatch in batch {
            guard let debt = owed.first(where: { $0.item == dispatch.errand.item }) else { continue }
            items.append(debt.item)
            messages.append(message(for: debt, asCancel: dispatch.asCancel, at: site))
        }
        requests += 1
        sites[site].requests[peer] = requests
        send(
            .request(requests, incarnation: sites[site].incarnation, items: items, messages), from: site, to: peer)
        agenda.plan(
            .cut(site: site, life: sites[site].life, peer: peer, request: requests), at: now + weather.timeout)
        plantAfterSending(items, messages, to: peer, from: site)
    }

    private mutating func planOutbox(to peer: Int, from site: Int) {
        let moment: Int64
        if sites[site].isCommitting {
            moment = now + 50
        } else if let again = sites[site].outboxes[peer].askAgainAt {
            moment = max(now + 1, sites[site].worldTime(again))
        } else {
            return
        }
        guard moment < sites[site].askAt[peer] || sites[site].askAt[peer] <= now else { return }
        sites[site].askAt[peer] = moment
        agenda.plan(.outbox(site: site, life: sites[site].life, peer: peer), at: moment)
    }

    private func message(for debt: Owed, asCancel: Bool, at site: Int) -> PeerMessage {
        let journal = sites[site].journal
        switch debt.message {
        case .offer(var transfer, let epoch):
            guard !asCancel else { return .cancel(transfer.contact, epoch) }
            if case .conversation(let id, let through) = debt.content {
                transfer.content =
                    plant == .losesConversations ? [] : Line.bytes(journal.conversation(id, through: through))
            }
            return .offer(transfer, epoch)
        case .customerWrote(let contact, let number, _):
            return .customerWrote(contact, number: number, content: bytes(of: debt.content, in: journal))
        case .agentWrote(let contact, let number, let agent, _):
            return .agentWrote(contact, number: number, agent: agent, content: bytes(of: debt.content, in: journal))
        default: return debt.message
        }
    }

    private func bytes(of content: Owed.Content, in journal: SiteJournal) -> [UInt8] {
        guard case .entry(let sequence) = content else { return [] }
        return Line.bytes(journal.content[sequence]?.lines ?? [])
    }

    // MARK: Being asked

    mutating func take(
        _ messages: [PeerMessage], _ items: [Owed.Item], request: Int, incarnation: Int64, from peer: Int, at site: Int
    ) {
        sites[site].responsesGiven += 1
        let number = sites[site].responsesGiven
        sites[site].responses[number] = .init(
            from: peer, request: request, items: items,
            answers: Array(repeating: .later(reason: ""), count: messages.count), left: messages.count)
        for (place, message) in messages.enumerated() {
            if isTracing { trace("\(names[site]) is told by \(names[peer]): \(text(message))") }
            if let answer = plantedAnswer(to: message, from: peer, at: site) {
                answered(number, place, answer, by: site)
                continue
            }
            say(.peer(message, from: peer, incarnation: incarnation), to: site, for: .request(number, place: place))
        }
        if sites[site].isUp { sites[site].outboxes[peer].heard(at: sites[site].moment(now)) }
    }

    /// Applies what a peer says.
    mutating func decide(on message: PeerMessage, from peer: Int, incarnation: Int64, at site: Int) -> Answer {
        var input = PeerInput(site: names[peer], incarnation: incarnation, message: message)
        let lines = Line.read(message.content)
        if case .offer = message {
            let party = lines.first.map { self.lines[Int($0)].customer } ?? 0
            input.party = PartyKey("c\(party)")
            input.thread = input.party
        }
        let key = input.key
        input.isRepeated = plant != .doublesRelays && key.map { sites[site].knows($0) != nil } ?? false
        return sites[site].decide(.peer(input), at: now, key: key, lines: lines)
    }

    mutating func answered(_ number: Int, _ place: Int, _ answer: PeerAnswer, by site: Int) {
        guard var response = sites[site].responses[number] else { return }
        response.answers[place] = answer
        response.left -= 1
        sites[site].responses[number] = response.left == 0 ? nil : response
        guard response.left == 0 else { return }
        send(
            .answer(
                response.request, incarnation: sites[site].incarnation, items: response.items,
                plantedChange(of: response.answers)),
            from: site, to: response.from)
    }

    // MARK: Hearing

    mutating func hear(
        _ answers: [PeerAnswer], _ items: [Owed.Item], request: Int, incarnation: Int64, from peer: Int, at site: Int
    ) {
        let isAwaited = sites[site].requests[peer] == request
        guard isAwaited || weather.hearsLateAnswers else { return }
        if isAwaited {
            sites[site].requests[peer] = nil
            sites[site].outboxes[peer].answered(answers, at: sites[site].moment(now))
        }
        for (item, answer) in zip(items, answers) {
            if isTracing { trace("\(names[site]) hears from \(names[peer]): \(answer) to \(item)") }
            note(answer, to: item, at: site)
            if case .later = answer { continue }
            let (item, from) = plantedItem(item, at: site)
            say(
                .event(.peerAnswered(from ?? names[peer], incarnation: incarnation, to: item, answer)), to: site)
        }
        if sites[site].isUp { sendWhatIsDue(to: peer, from: site) }
    }

    private mutating func note(_ answer: PeerAnswer, to item: Owed.Item, at site: Int) {
        guard case .offer(let contact, let epoch) = item, let known = place(of: contact) else { return }
        switch answer {
        case .taken: witness.heard(true, of: known, epoch: epoch.rawValue, at: site)
        case .refused: witness.heard(false, of: known, epoch: epoch.rawValue, at: site)
        default: break
        }
    }

    mutating func requestFailed(_ request: Int, to peer: Int, at site: Int) {
        guard sites[site].requests[peer] == request else { return }
        sites[site].requests[peer] = nil
        sites[site].outboxes[peer].unanswered(at: sites[site].moment(now), jitter: dice.number(0...1000))
        planOutbox(to: peer, from: site)
    }

    func place(of contact: ContactID) -> Int? {
        place(of: contact.site).flatMap { witness.contact(home: $0, contact.number) }
    }

    private func text(_ message: PeerMessage) -> String {
        switch message {
        case .offer(let transfer, let epoch):
            "offer \(epoch) of \(transfer.contact), lines \(Line.read(transfer.content))"
        case .customerWrote(let contact, let number, let content):
            "the customer of \(contact) wrote \(number): \(Line.read(content))"
        case .agentWrote(let contact, let number, let agent, let content):
            "\(agent) wrote \(number) to \(contact): \(Line.read(content))"
        default: "\(message)"
        }
    }
}

extension Owed {
    var isOffer: Bool {
        if case .offer = item { true } else { false }
    }
}

extension PeerMessage {
    var content: [UInt8] {
        switch self {
        case .offer(let transfer, _): transfer.content
        case .customerWrote(_, _, let content), .agentWrote(_, _, _, let content): content
        default: []
        }
    }
}
