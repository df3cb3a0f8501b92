/// What the agent types.
extension AgentDesk {
    mutating func perform(_ command: DeskCommand, now: Int64) -> [DeskEffect] {
        guard requests.count < Self.requestsMax || command == .out else {
            return [
                show(.alarm, "\(requests.count) requests wait for the site already; try again in a moment", now),
                .keepLine,
            ]
        }
        if command != .out, command != .nothing { isLeaving = false }
        switch command {
        case .nothing: return []
        case .reply(let text): return reply(text, now)
        case .accept: return answerOffer(now) { .accept(offer: $0.number, interaction: $0.interaction) }
        case .reject(let reason):
            return answerOffer(now) { .reject(offer: $0.number, interaction: $0.interaction, reason: reason) }
        case .use(let number): return use(number, now)
        case .done(let disposition): return aboutCurrent(now) { .close(interaction: $0, disposition: disposition) }
        case .end: return aboutCurrent(now) { .wrapUp(interaction: $0) }
        case .requeue(let queue): return aboutCurrent(now) { .requeue(interaction: $0, queue: queue) }
        case .conversation(let type, let queue, let agent):
            return aboutCurrent(now) { .conversation(type, interaction: $0, queue: queue, agent: agent) }
        case .rest(let reason): return wish("not-ready", reason ?? "break")
        case .ready: return wish("available", nil)
        case .out: return out(now)
        case .help: return [.show(DeskLine(.note, DeskCommand.helpLines, at: now))]
        case .unknown(let name, let nearest):
            let hint = nearest.map { "; did you mean /\($0)?" } ?? "; /help lists what there is"
            return [show(.alarm, "there is no /\(name)\(hint)", now), .keepLine]
        }
    }

    private mutating func reply(_ text: String, _ now: Int64) -> [DeskEffect] {
        guard let current, let conversation = conversation(current) else { return [nobody(now), .keepLine] }
        if conversation.wrapUpUntil != nil {
            return [
                show(.alarm, "\(conversation.slot) is in wrap-up, so nothing can be sent; /done finishes it", now),
                .keepLine,
            ]
        }
        if conversation.isOptedOut {
            return [show(.alarm, "\(conversation.slot) opted out, so nothing can be sent", now), .keepLine]
        }
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map(String.init)
        let line = DeskLine(.own, spoken("\(conversation.slot)", agent, lines), at: now)
        return [.show(line)] + ask(.reply(interaction: current, text: text))
    }

    private mutating func answerOffer(_ now: Int64, _ body: (Offer) -> DeskRequest.Body) -> [DeskEffect] {
        guard let offer = openOffer else { return [show(.note, "nothing is offered", now)] }
        return ask(body(offer))
    }

    private mutating func use(_ number: Int64, _ now: Int64) -> [DeskEffect] {
        guard let chosen = conversations.first(where: { Int64($0.slot) == number || $0.interaction == number }) else {
            let there = conversations.map { "/\($0.slot)" }.joined(separator: " ")
            return [
                show(.alarm, "there is no conversation \(number)" + (there.isEmpty ? "" : "; choose \(there)"), now)
            ]
        }
        current = chosen.interaction
        change(chosen.interaction) { $0.unread = 0 }
        return [show(.note, "now with \(chosen.slot) \(chosen.customer)", now)]
    }

    private mutating func aboutCurrent(_ now: Int64, _ body: (Int64) -> DeskRequest.Body) -> [DeskEffect] {
        guard let current, conversation(current) != nil else { return [nobody(now), .keepLine] }
        return ask(body(current))
    }

    private func nobody(_ now: Int64) -> DeskEffect {
        let there = conversations.map { "/\($0.slot) \($0.customer)" }.joined(separator: ", ")
        return show(
            .alarm,
            there.isEmpty
                ? "no conversation is open"
                : "no conversation is chosen: \(there) (^U clears the line, the up arrow brings it back)", now)
    }

    private mutating func wish(_ word: String, _ reason: String?) -> [DeskEffect] {
        wished = .status(word, reason: reason)
        return ask(wished)
    }

    /// Politely first; a second time without waiting for the site.
    private mutating func out(_ now: Int64) -> [DeskEffect] {
        if lastSequence == nil, !isLeaving {
            isLeaving = true
            return [show(.note, "leaving when the site has answered; ^C leaves at once", now)]
        }
        guard connection == .connected, !isLeaving else {
            let kept = conversations.isEmpty ? "" : "; the site gives your contacts to others after a while"
            return [.leave(.ok, "left without signing out\(kept)")]
        }
        isLeaving = true
        return ask(.status("signed-out", reason: nil))
    }
}
