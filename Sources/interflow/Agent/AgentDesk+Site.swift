/// What the site says.
extension AgentDesk {
    mutating func take(_ message: SiteMessage, now: Int64) -> [DeskEffect] {
        switch message {
        case .welcome(let welcome): takeWelcome(welcome, now)
        case .event(let event): takeEvent(event, now)
        case .result(let result): takeResult(result, now)
        case .unknown: []
        }
    }

    // MARK: Welcome

    private mutating func takeWelcome(_ welcome: SiteMessage.Welcome, _ now: Int64) -> [DeskEffect] {
        let isFirst = lastSequence == nil
        connection = .connected
        (site, caughtUpAt) = (welcome.site, welcome.sequence)
        var effects = [show(.note, isFirst ? "signed in at \(site) as \(agent)" : welcomeBack(welcome), now)]
        if !welcome.resumed {
            effects += takeWhole(welcome, now)
            lastSequence = max(welcome.sequence, lastSequence ?? 0)
        }
        effects += resend()
        // A seat given up meanwhile is taken again; a status the site set itself, after no answer, is left alone.
        let hasNoSeat = welcome.status.map { $0.word == "signed-out" } ?? true
        let alreadyAsks = requests.contains { if case .status = $0.body { true } else { false } }
        if isFirst, isLeaving {
            effects += ask(.status("signed-out", reason: nil))
        } else if (isFirst || hasNoSeat) && !alreadyAsks && !isLeaving {
            effects += ask(wished)
        }
        if welcome.status != nil { status = welcome.status }
        return effects
    }

    private func welcomeBack(_ welcome: SiteMessage.Welcome) -> String {
        guard welcome.resumed else {
            return "connected again; the site no longer has every event, so this is its state now"
        }
        return welcome.sequence > (lastSequence ?? 0) ? "connected again; what was missed follows" : "connected again"
    }

    private mutating func resend() -> [DeskEffect] {
        for index in requests.indices {
            requests[index].isRepeated = true
            requests[index].againAt = nil
        }
        return requests.map { .send($0.json) }
    }

    /// The site's whole state in place of ours; only what was not shown yet is shown.
    private mutating func takeWhole(_ welcome: SiteMessage.Welcome, _ now: Int64) -> [DeskEffect] {
        var effects: [DeskEffect] = []
        let there = Set(welcome.contacts.map(\.interaction))
        for gone in conversations where !there.contains(gone.interaction) {
            effects.append(show(.alarm, "\(gone.slot) \(gone.customer) (#\(gone.interaction)) is no longer yours", now))
            remove(gone.interaction)
        }
        offers.removeAll { offer in !welcome.contacts.contains { $0.offer == offer.number } }
        for contact in welcome.contacts {
            effects +=
                ["offered", "invited"].contains(contact.state)
                ? takeOffer(contact, now) : takeConversation(contact, now)
        }
        return effects
    }

    private mutating func takeOffer(_ contact: SiteMessage.Contact, _ now: Int64) -> [DeskEffect] {
        guard let number = contact.offer, !offers.contains(where: { $0.number == number }) else { return [] }
        let made = SiteEvent.OfferMade(
            offer: number, until: contact.until, channel: contact.channel, queue: contact.queue, waited: 0,
            words: contact.words)
        return add(made, contact.interaction, at: now, now)
    }

    private mutating func takeConversation(_ contact: SiteMessage.Contact, _ now: Int64) -> [DeskEffect] {
        let isNew = conversation(contact.interaction) == nil
        open(contact.interaction, from: contact.words?.from ?? "", contact.channel, contact.queue)
        change(contact.interaction) { $0.wrapUpUntil = contact.state == "wrapping" ? contact.until : nil }
        let slot = label(contact.interaction)
        var effects: [DeskEffect] = []
        if isNew {
            effects.append(
                show(
                    .note, "\(slot) \(contact.words?.from ?? "") is yours (#\(contact.interaction), \(contact.queue))",
                    now))
        }
        return effects + tell(contact.messages, of: contact.interaction, after: isNew ? 0 : lastSequence ?? 0, now)
    }

    /// Shows messages of a conversation that come after a sequence.
    private mutating func tell(
        _ messages: [SiteMessage.Said], of interaction: Int64, after sequence: Int64, _ now: Int64
    ) -> [DeskEffect] {
        let customer = conversation(interaction)?.customer ?? ""
        return messages.filter { $0.sequence > sequence }.map { said in
            said.words.from == customer
                ? words(said.words, of: interaction, now)
                : DeskEffect.show(DeskLine(.own, spoken(label(interaction), agent, said.words.lines), at: now))
        }
    }

    // MARK: Events

    private mutating func takeEvent(_ event: SiteEvent, _ now: Int64) -> [DeskEffect] {
        // Each event once, whatever is told again.
        guard event.sequence > lastSequence ?? 0 else { return [] }
        lastSequence = event.sequence
        if event.sequence > caughtUpAt { clockOffset = event.at - now }
        switch event.kind {
        case .offer(let made): return add(made, event.interaction, at: event.at, now)
        case .accepted(let messages): return takeAccepted(event, messages, now)
        case .rejected: return endOffer(event, "offer #\(event.interaction) rejected", now)
        case .offerTimedOut:
            return endOffer(
                event, "offer #\(event.interaction) had no answer and moved on; /ready takes contacts again", now)
        case .offerWithdrawn(let reason):
            return endOffer(event, "offer #\(event.interaction) withdrawn: \(reason)", now)
        case .message(let words, let optedOut): return takeMessage(event, words, optedOut, now)
        case .reply(let message, let words): return takeOwn(event, message, words, now)
        case .delivery(let message, let status, let reason): return takeDelivery(event, message, status, reason)
        case .status(let status): return takeStatus(status, event)
        case .wrapUp, .closed, .takenBack, .requeued, .escalated: return takeEnd(event, now)
        case .invitation(let made, let by): return takeInvitation(made, by: by, event, now)
        case .invitationEnded(let invitation): return takeInvitationEnd(invitation, event, now)
        case .left(let agent, let reason): return takeLeft(agent, reason, event)
        case .transferred(let from, let to): return takeTransfer(from: from, to: to, event)
        case .told(let text): return [show(.note, "\(label(event.interaction)): \(text)", event.at)]
        case .unknown: return []
        }
    }

    mutating func add(
        _ made: SiteEvent.OfferMade, _ interaction: Int64, at moment: Int64, _ now: Int64
    ) -> [DeskEffect] {
        let from = made.words?.from ?? ""
        offers.append(
            Offer(
                number: made.offer, interaction: interaction, until: made.until, from: from, channel: made.channel,
                queue: made.queue, shownAt: now, told: [interaction]))
        let left = secondsLeft(until: made.until, now: now)
        let waited = made.waited < 1000 ? "" : ", waited \(made.waited / 1000) s"
        let head = "offer #\(interaction): \(made.channel) from \(from) for \(made.queue)\(waited); \(left) s to answer"
        let lines = [head] + (made.words?.lines ?? []).map { "    \($0)" }
        return [.show(DeskLine(.offer, lines, at: moment)), .ring]
    }

    mutating func takeAccepted(
        _ event: SiteEvent, _ messages: [SiteMessage.Said], _ now: Int64
    ) -> [DeskEffect] {
        guard let offer = offers.first(where: { $0.interaction == event.interaction }) else { return [] }
        offers.removeAll { $0.interaction == event.interaction }
        open(offer.interaction, from: offer.from, offer.channel, offer.queue)
        // Only an acceptance made here moves the line: never under somebody's fingers.
        if isAnswered(offer.number) || current == nil { current = offer.interaction }
        let text = "\(label(offer.interaction)) \(offer.from) is yours (#\(offer.interaction), \(offer.queue))"
        let untold = messages.filter { !offer.told.contains($0.sequence) }
        return [show(.note, text, event.at)] + tell(untold, of: event.interaction, after: 0, event.at)
    }

    mutating func endOffer(_ event: SiteEvent, _ text: String, _ now: Int64) -> [DeskEffect] {
        guard offers.contains(where: { $0.interaction == event.interaction }) else { return [] }
        offers.removeAll { $0.interaction == event.interaction }
        return [show(event.kind == .rejected ? .note : .alarm, text, event.at)]
    }

    private mutating func takeMessage(
        _ event: SiteEvent, _ words: SiteMessage.Words?, _ optedOut: Bool?, _ now: Int64
    ) -> [DeskEffect] {
        let content = words ?? SiteMessage.Words(from: "", to: "", text: "(erased)")
        var effects = [self.words(content, of: event.interaction, event.at)]
        if let index = offers.firstIndex(where: { $0.interaction == event.interaction }) {
            offers[index].told.insert(event.sequence)
        }
        if current != event.interaction { change(event.interaction) { $0.unread += 1 } }
        if let optedOut {
            change(event.interaction) { $0.isOptedOut = optedOut }
            let text = optedOut ? "opted out: nothing more can be sent to them" : "opted in again"
            effects.append(show(.alarm, "\(label(event.interaction)) \(text)", event.at))
        }
        return effects + [.ring]
    }

    /// A reply typed here was shown when it was typed; one made elsewhere is new.
    private mutating func takeOwn(
        _ event: SiteEvent, _ message: Int64, _ words: SiteMessage.Words?, _ now: Int64
    ) -> [DeskEffect] {
        let text = words?.text ?? ""
        remember(message, event.interaction, text)
        if requests.contains(where: { $0.message == message }) { return [] }
        if let index = requests.firstIndex(where: {
            $0.body == .reply(interaction: event.interaction, text: text) && $0.message == nil
        }) {
            requests[index].message = message
            return []
        }
        return [.show(DeskLine(.own, spoken(label(event.interaction), agent, words?.lines ?? []), at: event.at))]
    }

    private mutating func remember(_ message: Int64, _ interaction: Int64, _ text: String) {
        let beginning = text.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
        let short = beginning.count > 24 ? "\(beginning.prefix(23))…" : beginning
        ownMessages.append(OwnMessage(number: message, label: label(interaction), beginning: short))
        if ownMessages.count > Self.messagesMax { ownMessages.removeFirst(ownMessages.count - Self.messagesMax) }
    }

    private mutating func takeDelivery(
        _ event: SiteEvent, _ message: Int64, _ status: String, _ reason: String?
    ) -> [DeskEffect] {
        let place = ownMessages.lastIndex { $0.number == message }
        let known = place.map { ownMessages[$0] }
        let order = ["", "retrying", "sent", "delivered", "read", "failed"]
        if let before = known.flatMap({ order.firstIndex(of: $0.status) }), let now = order.firstIndex(of: status),
            now < before
        {
            return []
        }
        if let place { ownMessages[place].status = status }
        let reason = reason == status ? nil : reason
        let what =
            known.map { "\($0.label)   \(status): “\($0.beginning)”" }
            ?? "\(label(event.interaction))   \(status): message \(message)"
        let isBad = status == "failed" || status == "retrying"
        return [.show(DeskLine(isBad ? .alarm : .delivery, [what + (reason.map { " (\($0))" } ?? "")], at: event.at))]
    }

    private mutating func takeStatus(_ status: SiteMessage.Status, _ event: SiteEvent) -> [DeskEffect] {
        self.status = status
        return [show(.note, "you are \(status.text)", event.at)]
    }

    // MARK: Ends

    private mutating func takeEnd(_ event: SiteEvent, _ now: Int64) -> [DeskEffect] {
        let name = conversation(event.interaction).map { "\($0.slot) \($0.customer)" } ?? "#\(event.interaction)"
        switch event.kind {
        case .wrapUp(let reason, let until):
            change(event.interaction) { $0.wrapUpUntil = until }
            let left = secondsLeft(until: until, now: now)
            let why = reason == "agent" ? "" : " (\(reason))"
            return [show(.note, "\(name): wrap-up\(why), \(left) s; /done [DISPOSITION] finishes it", event.at)]
        case .closed(let disposition, let by):
            remove(event.interaction)
            return [
                show(
                    .note,
                    "\(name): closed" + (disposition.map { " as \($0)" } ?? "") + (by == agent ? "" : " by \(by)"),
                    event.at)
            ]
        case .takenBack(let reason):
            remove(event.interaction)
            return [show(.alarm, "\(name): taken back: \(reason)", event.at)]
        case .escalated(let to):
            remove(event.interaction)
            return [show(.note, "\(name): escalated to \(to)", event.at)]
        default:
            remove(event.interaction)
            return [show(.note, "\(name): back in the queue", event.at)]
        }
    }

    // MARK: Results

    private mutating func takeResult(_ result: SiteMessage.RequestResult, _ now: Int64) -> [DeskEffect] {
        guard let index = requests.firstIndex(where: { $0.id == result.id }) else { return [] }
        if let refusal = result.refusal, Self.isTemporary(refusal.code) {
            requests[index].againAt = now + Self.againMilliseconds
            return [show(.alarm, "the site has no room now (\(refusal.detail)); it is asked again", now)]
        }
        let request = requests.remove(at: index)
        guard let refusal = result.refusal else { return takeDone(request, now) }
        return refused(request, refusal, now)
    }

    private static func isTemporary(_ code: String) -> Bool {
        ["overloaded", "store-full", "store-failed", "stopping", "outbox-full"].contains(code)
    }

    private mutating func takeDone(_ request: DeskRequest, _ now: Int64) -> [DeskEffect] {
        guard case .status(let word, let reason) = request.body else { return [] }
        if word == "signed-out" { return [.leave(.ok, "signed out")] }
        guard status?.word != word || status?.reason != reason else { return [] }
        status = SiteMessage.Status(word: word, reason: reason)
        return [show(.note, "you are \(word.replacing("-", with: " "))" + (reason.map { " (\($0))" } ?? ""), now)]
    }

    private mutating func refused(
        _ request: DeskRequest, _ refusal: SiteMessage.RequestResult.Refusal, _ now: Int64
    ) -> [DeskEffect] {
        // Done the first time, and the answer was lost with the connection.
        if request.isRepeated, isFulfilled(request.body) { return [] }
        var lines = ["not done: \(refusal.detail)"]
        switch request.body {
        case .reply(let interaction, let text):
            lines = ["\(label(interaction)) not sent: \(refusal.detail)", "    \(text)"]
        case .accept(let offer, _), .reject(let offer, _, _):
            offers.removeAll { $0.number == offer }
        case .status("signed-out", _):
            lines.append(
                "    /out or ^C again leaves all the same; the site then gives your contacts to others after a while")
        default: break
        }
        return [.show(DeskLine(.alarm, lines, at: now))]
    }

    private func isFulfilled(_ body: DeskRequest.Body) -> Bool {
        switch body {
        case .status(let word, _): status?.word == word
        case .accept(_, let interaction): conversation(interaction) != nil
        case .reject(let offer, _, _): !offers.contains { $0.number == offer }
        case .reply: false
        case .close(let interaction, _), .requeue(let interaction, _): conversation(interaction) == nil
        case .wrapUp(let interaction): conversation(interaction)?.wrapUpUntil != nil
        case .conversation(let type, let interaction, _, _):
            ["transfer", "complete", "leave", "escalate"].contains(type) && conversation(interaction) == nil
        }
    }

    // MARK: Conversations

    private mutating func open(_ interaction: Int64, from: String, _ channel: String, _ queue: String) {
        guard conversation(interaction) == nil else { return }
        let taken = Set(conversations.map(\.slot))
        let slot = (1...).first { !taken.contains($0) } ?? 1
        conversations.append(
            Conversation(slot: slot, interaction: interaction, customer: from, channel: channel, queue: queue))
        conversations.sort { $0.slot < $1.slot }
        if current == nil { current = interaction }
    }

    /// The line then goes to nobody: choosing another customer by itself could send words to the wrong one.
    mutating func remove(_ interaction: Int64) {
        conversations.removeAll { $0.interaction == interaction }
        if current == interaction { current = nil }
    }

    mutating func change(_ interaction: Int64, _ body: (inout Conversation) -> Void) {
        guard let index = conversations.firstIndex(where: { $0.interaction == interaction }) else { return }
        body(&conversations[index])
    }

    // MARK: Lines

    func show(_ tone: DeskLine.Tone, _ text: String, _ at: Int64) -> DeskEffect {
        .show(DeskLine(tone, [text], at: at))
    }

    private func words(_ words: SiteMessage.Words, of interaction: Int64, _ at: Int64) -> DeskEffect {
        .show(DeskLine(.customer, spoken(label(interaction), words.from, words.lines), at: at))
    }

    /// Who said what; further lines are set under the first.
    func spoken(_ label: String, _ who: String, _ lines: [String]) -> [String] {
        guard let first = lines.first else { return ["\(label) \(who):"] }
        return ["\(label) \(who): \(first)"] + lines.dropFirst().map { "    \($0)" }
    }
}
