import InteractionModel

/// The outbox: messages to customers, in order within an interaction, tried until taken or given up.
extension RoutingState {
    // MARK: Deciding

    mutating func reply(to id: InteractionID, by name: AgentName, key: IdempotencyKey, repeated: Bool) -> Answer {
        if repeated { return .repeated(id) }
        guard let interaction = interactions[id], interaction.state == .active(name) else {
            return refusal(of: id, for: name)
        }
        guard !isSuppressed(interaction.party, on: interaction.channel) else {
            return .refused(.suppressed(interaction.channel))
        }
        guard unsent < plan.timers.outboxMax else { return .refused(.outboxFull(plan.timers.outboxMax)) }
        let message = queueMessage(
            MessageQueued(
                author: .agent(name), channel: interaction.channel, account: interaction.account,
                party: interaction.party, giveUpAt: now.advanced(by: plan.timers.sendAttemptsFor),
                activeUntil: now.advanced(by: plan.timers.inactiveAfter)),
            about: id, key: key)
        return .queued(message)
    }

    /// Answers a keyword, as the law asks; suppression does not hold it back.
    mutating func confirm(_ contact: InboundContact, about id: InteractionID?) {
        guard contact.wantsConfirmation, unsent < plan.timers.outboxMax else { return }
        let queued = MessageQueued(
            author: .compliance, channel: contact.channel, account: contact.account, party: contact.party,
            giveUpAt: now.advanced(by: plan.timers.sendAttemptsFor), activeUntil: nil)
        _ = queueMessage(queued, about: id, key: nil)
    }

    @discardableResult
    mutating func queueMessage(
        _ queued: MessageQueued, about id: InteractionID?, key: IdempotencyKey?
    ) -> MessageID {
        let message = MessageID(record(.messageQueued(queued), about: id, key: key))
        sendNext(of: id, or: message)
        return message
    }

    func isSuppressed(_ party: PartyKey, on channel: ChannelName) -> Bool {
        suppressed.contains(Suppression(party: party, channel: channel))
    }

    /// Starts the oldest unsent message of an interaction, if none of its messages is on its way. A loop and not a
    /// recursion over those that may not be sent any more: an outbox may hold thousands.
    private mutating func sendNext(of id: InteractionID?, or message: MessageID) {
        while let head = id.map({ interactions[$0]?.outbox.first }) ?? message, let next = messages[head] {
            guard next.state == .waiting, next.attempts == 0 else { return }
            guard let obstacle = obstacle(to: next) else { return startSending(next) }
            record(.messageFailed(next.id, reason: obstacle), about: next.interaction)
        }
    }

    /// Why `message` may not be sent any more, in words for the record.
    private func obstacle(to message: OutboundRecord) -> String? {
        if now >= message.giveUpAt { return "gave up" }
        guard message.author != .compliance, isSuppressed(message.party, on: message.channel) else { return nil }
        return "the person opted out before it was sent"
    }

    /// After an opt-out: what has not been handed to the channel is not sent, and nothing keeps the answer waiting.
    mutating func dropUnsent(of id: InteractionID?) {
        guard let id, let outbox = interactions[id]?.outbox else { return }
        for message in outbox.compactMap({ messages[$0] }) where message.state == .waiting {
            guard let obstacle = obstacle(to: message) else { continue }
            record(.messageFailed(message.id, reason: obstacle), about: id)
        }
        if let left = interactions[id]?.outbox.first { sendNext(of: id, or: left) }
    }

    private mutating func startSending(_ message: OutboundRecord) {
        let until = now.advanced(by: plan.timers.sendTimeout)
        record(.sendStarted(message.id, attempt: message.attempts + 1, until: until), about: message.interaction)
    }

    /// What the channel said. Only the attempt that is under way counts; an older one's answer still counts when it
    /// says the message was sent.
    mutating func sendEnded(_ id: MessageID, attempt: Int, _ outcome: SendOutcome) -> Answer {
        guard let message = messages[id] else { return .none }
        if case .sent("", _) = message.state, case .sent(let providerID) = outcome {
            record(.messageSent(id, providerID: providerID, until: message.deadline), about: message.interaction)
        }
        guard !message.isSent else { return .none }
        let isCurrent = message.state == .sending && message.attempts == attempt
        switch outcome {
        case .sent(let providerID):
            let until = now.advanced(by: plan.timers.deliveryReportAfter)
            record(.messageSent(id, providerID: providerID, until: until), about: message.interaction)
            sendNext(of: message.interaction, or: id)
        case .again(let after, let reason):
            if isCurrent { postpone(message, after: after, reason: reason) }
        case .never(let reason):
            if isCurrent { fail(message, reason: reason) }
        case .optedOut(let reason):
            record(.optedOut(message.party, message.channel, keyword: "provider"), about: message.interaction)
            dropUnsent(of: message.interaction)
            if isCurrent { fail(message, reason: reason) }
        }
        return .none
    }

    private mutating func postpone(_ message: OutboundRecord, after wish: Span?, reason: String) {
        // The exchange has its own patience with a site that does not answer: what it is owed must be there when it does.
        let attempts = homeElsewhere(of: message) == nil ? message.attempts : 1
        let pause = max(RetrySchedule.pause(afterAttempt: attempts), wish ?? .zero)
        let next = now.advanced(by: pause)
        guard next < message.giveUpAt else { return fail(message, reason: "gave up: \(reason)") }
        record(.sendPostponed(message.id, reason: reason, until: next), about: message.interaction)
    }

    private mutating func fail(_ message: OutboundRecord, reason: String) {
        record(.messageFailed(message.id, reason: reason), about: message.interaction)
        sendNext(of: message.interaction, or: message.id)
    }

    mutating func note(_ report: DeliveryReport, repeated: Bool) -> Answer {
        if repeated { return .repeated(messages[report.message]?.interaction) }
        guard let message = messages[report.message] else { return .refused(.unknownMessage(report.message)) }
        if !message.isSent, message.attempts > 0 { proveSent(message) }
        record(
            .deliveryReported(report.message, report.status, detail: report.detail), about: message.interaction,
            key: report.key)
        return .noted
    }

    /// A report on a message proves that the provider took it, whatever became of the attempt: it is not sent again.
    private mutating func proveSent(_ message: OutboundRecord) {
        let until = now.advanced(by: plan.timers.deliveryReportAfter)
        record(.messageSent(message.id, providerID: "", until: until), about: message.interaction)
        sendNext(of: message.interaction, or: message.id)
    }

    mutating func messageFellDue(_ id: MessageID, at moment: Timestamp) {
        guard let message = messages[id], message.deadline == moment else { return }
        switch message.state {
        case .waiting:
            let isBehind = message.interaction.map { interactions[$0]?.outbox.first != id } ?? false
            if let obstacle = obstacle(to: message) { return fail(message, reason: obstacle) }
            if !isBehind { startSending(message) }
        case .sending: postpone(message, after: nil, reason: "no word from the channel")
        case .sent: record(.messageSettled(id), about: message.interaction)
        }
    }

    // MARK: Folding

    mutating func foldMessage(_ recorded: RecordedFact) {
        switch recorded.fact {
        case .messageQueued(let queued): enqueue(queued, recorded)
        case .sendStarted(let id, let attempt, let until):
            change(id, by: recorded, deadline: until) {
                $0.state = .sending
                $0.attempts = attempt
            }
        case .sendPostponed(let id, _, let until):
            change(id, by: recorded, deadline: until) { $0.state = .waiting }
        case .messageSent(let id, let providerID, let until):
            leaveOutbox(id)
            change(id, by: recorded, deadline: until) {
                if case .sent(_, let status) = $0.state {
                    $0.state = .sent(providerID: providerID, status)  // A report came before the channel's answer.
                } else {
                    $0.state = .sent(providerID: providerID, .sent)
                }
            }
        case .messageFailed(let id, let reason):
            if let message = messages[id] { tellFate(of: message, .failed, detail: reason, recorded) }
            leaveOutbox(id)
            forget(id)
        case .deliveryReported(let id, let status, let detail): deliver(id, status, detail, recorded)
        case .messageSettled(let id): forget(id)
        default: break
        }
        recorded.fact.message.map { trackReply($0) }
    }

    private mutating func enqueue(_ queued: MessageQueued, _ recorded: RecordedFact) {
        let id = MessageID(recorded.sequence)
        insert(
            OutboundRecord(
                id: id, interaction: recorded.interaction, contact: queued.contact, author: queued.author,
                channel: queued.channel,
                account: queued.account, party: queued.party, giveUpAt: queued.giveUpAt, deadline: queued.giveUpAt,
                lastSequence: recorded.sequence))
        changes.messages.append(id)
        if let contact = queued.contact { noteLate(id, about: contact) }
        if let interaction = recorded.interaction { hear(interaction, activeUntil: queued.activeUntil) }
    }

    /// Places a record in everything that follows from it. Restored messages must come in order of their numbers.
    mutating func insert(_ message: OutboundRecord) {
        messages[message.id] = message
        deadlines.add(.message(message.id), at: message.deadline)
        if let id = message.interaction { interactions[id]?.followed += 1 }
        guard !message.isSent else { return }
        unsent += 1
        if let id = message.interaction { interactions[id]?.outbox.append(message.id) }
    }

    private mutating func change(
        _ id: MessageID, by recorded: RecordedFact, deadline: Timestamp, _ body: (inout OutboundRecord) -> Void
    ) {
        guard messages[id] != nil else { return }
        messages[id]?.deadline = deadline
        messages[id]?.lastSequence = recorded.sequence
        if var message = messages[id] {
            body(&message)
            messages[id] = message
        }
        deadlines.add(.message(id), at: deadline)
        changes.messages.append(id)
    }

    private mutating func leaveOutbox(_ id: MessageID) {
        guard let message = messages[id], !message.isSent else { return }
        unsent -= 1
        guard let interaction = message.interaction else { return }
        // From the front, where what leaves nearly always stands.
        if let place = interactions[interaction]?.outbox.firstIndex(of: id) {
            interactions[interaction]?.outbox.remove(at: place)
        }
    }

    private mutating func deliver(
        _ id: MessageID, _ status: DeliveryStatus, _ detail: String?, _ recorded: RecordedFact
    ) {
        guard let message = messages[id], case .sent(let providerID, let earlier) = message.state else { return }
        guard status.isAdvance(on: earlier) else { return }
        tellFate(of: message, status, detail: detail, recorded)
        if status == .failed { return forget(id) }
        change(id, by: recorded, deadline: message.deadline) { $0.state = .sent(providerID: providerID, status) }
    }

    private mutating func forget(_ id: MessageID) {
        guard let message = messages.removeValue(forKey: id) else { return }
        changes.messages.append(id)
        guard let interaction = message.interaction else { return }
        interactions[interaction]?.followed -= 1
        if interactions[interaction]?.state.hasEnded == true { changes.ended.append(interaction) }
    }
}

extension Fact {
    /// The message whose way to its reader it changes; a queued one has not begun it.
    fileprivate var message: MessageID? {
        switch self {
        case .sendStarted(let id, _, _), .sendPostponed(let id, _, _), .messageSent(let id, _, _),
            .messageFailed(let id, _), .deliveryReported(let id, _, _), .messageSettled(let id):
            id
        default: nil
        }
    }
}

extension OutboundRecord {
    var isSent: Bool {
        if case .sent = state { true } else { false }
    }
}
