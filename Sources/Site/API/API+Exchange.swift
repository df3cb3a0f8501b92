import Federation
import HTTP
import InteractionModel
import JSON
import Routing
import Threads

/// What peers tell this site, and ask of it. Who speaks has been established before; what it may say is the core's to judge.
extension API {
    var exchangeOperations: [Operation] {
        [
            Operation.federation(
                "/federation/v1/messages", id: "peerMessages",
                summary: "What a peer must be heard on; answered message by message when all of it is durable.",
                perform: messages),
            Operation.federation(
                "/federation/v1/summary", id: "peerSummary", summary: "What a peer tells of its queues.",
                perform: summary),
            Operation.federation(
                "/federation/v1/pull", id: "peerPull", summary: "A peer has agents with nothing to do.",
                perform: pull),
            Operation.federation(
                "/federation/v1/fence", id: "peerFence",
                summary: "A peer was restored from a backup, and asks what is known here of custody.",
                perform: fence),
        ]
    }

    // MARK: Messages

    private func messages(_ call: PeerCall) {
        let batch: PeerBatch
        do throws(JSONError) {
            batch = try PeerBatch(call.body)
        } catch {
            return call.refuse(400, "invalid-request", "\(error)")
        }
        exchange.heard(from: call.peer.name)
        let replies = BatchReplies(call, batch, from: site, incarnation: peers.incarnation)
        for (index, entry) in batch.entries.enumerated() {
            switch entry {
            case .unreadable(let reason): replies.set(index, .later(reason: reason))
            case .message(let message): hand(message, from: call, index, replies)
            }
        }
        replies.open()
    }

    private func hand(_ message: PeerMessage, from call: PeerCall, _ index: Int, _ replies: BatchReplies) {
        guard let work = work(message, from: call) else {
            return replies.set(index, .later(reason: "its content cannot be read"))
        }
        let job = Job(
            work,
            .call { outcome, _ in
                switch outcome {
                case .answered(.peer(let answer)): replies.set(index, answer)
                case .answered: replies.set(index, .later(reason: "not decided"))
                case .unavailable(let reason): replies.set(index, .later(reason: reason.rawValue))
                }
            })
        switch inbox.offer(job) {
        case .taken: break
        case .full: replies.set(index, .later(reason: Unavailability.overloaded.rawValue))
        case .closed: replies.set(index, .later(reason: Unavailability.stopping.rawValue))
        }
    }

    /// The message as the core takes it, its content apart and written anew: nothing is kept in a peer's own words but
    /// what people wrote. Nil when the content is none, or an offer does not say who the customer is.
    private func work(_ message: PeerMessage, from call: PeerCall) -> Job.Work? {
        var message = message
        let content = message.content
        message.content = []
        var said = PeerInput(site: call.peer.name, incarnation: call.incarnation, message: message)
        guard case .offer(let transfer, _) = message else {
            guard !content.isEmpty else { return .peer(said, content: nil) }  // Erased where it came from, or none.
            return ContactContent(bytes: content).map { .peer(said, content: $0.bytes) }
        }
        var whole = transfer
        whole.content = content
        guard let received = ReceivedConversation(whole, pseudonyms) else { return nil }
        (said.party, said.thread) = (received.party, received.thread)
        // At home every message of the conversation is known already.
        return .peer(said, content: transfer.contact.site == site ? nil : received.content)
    }

    // MARK: Summaries and hints

    private func summary(_ call: PeerCall) {
        let summary: SiteSummary
        do throws(JSONError) {
            summary = try SiteSummary(call.body)
        } catch {
            return call.refuse(400, "invalid-request", "\(error)")
        }
        guard summary.site == call.peer.name, summary.incarnation == call.incarnation else {
            return call.refuse(403, "not-yours", "A site tells of itself alone, and of its present life.")
        }
        exchange.heardSummary(from: call.peer.name)
        let job = Job(
            .event(.summaryHeard(summary)),
            .call { outcome, _ in
                guard case .answered(.reception(let reception)) = outcome else {
                    return call.refuse(503, "unavailable", "Not heard; tell it again.")
                }
                call.answer(200, json: reception.json)
            })
        if inbox.offer(job) != .taken { call.refuse(503, "overloaded", Unavailability.overloaded.text) }
    }

    private func pull(_ call: PeerCall) {
        let hint: PullHint
        do throws(JSONError) {
            hint = try PullHint(call.body)
        } catch {
            return call.refuse(400, "invalid-request", "\(error)")
        }
        for idle in hint.queues {
            let job = Job(.event(.peerAsks(call.peer.name, idle.queue, places: idle.count)))
            guard inbox.offer(job) == .taken else { break }  // A hint: it comes again.
        }
        call.answer(200, json: Array("{}".utf8))
    }
}

/// Telling a restored peer what is known here.
extension API {
    /// Bytes of conversations after which a page ends; one more always fits.
    private static let pageBytesMax = ToldRows.bytesMax / 2

    private func fence(_ call: PeerCall) {
        let fence: Fence
        do throws(JSONError) {
            fence = try Fence(call.body)
        } catch {
            return call.refuse(400, "invalid-request", "\(error)")
        }
        guard fence.incarnation == call.incarnation else {
            return call.refuse(403, "not-yours", "A site speaks of its present life alone.")
        }
        exchange.heard(from: call.peer.name)
        let job = Job(
            .event(.peerFenced(fence.from, incarnation: fence.incarnation)),
            .call { [self] outcome, state in
                switch outcome {
                case .answered(.peer(.done)): tell(fence, call, state)
                case .answered(.peer(.refused(let reason))): call.refuse(409, "lost-life", reason)
                default: call.refuse(503, "unavailable", "Not recorded; say it again.")
                }
            })
        if inbox.offer(job) != .taken { call.refuse(503, "overloaded", Unavailability.overloaded.text) }
    }

    /// On the loop's thread, after the commit of the fence: the rows are of no moment before it.
    private func tell(_ fence: Fence, _ call: PeerCall, _ state: borrowing RoutingState) {
        let page = state.rows(for: fence.from, after: fence.after)
        let restorations = state.fences.restorations
        let started = WorkThread.start { [self] in
            var told = ToldRows(
                from: site, incarnation: peers.incarnation, restorations: restorations, rows: [], isLast: page.isLast)
            var bytes = 0
            for (row, content) in page.rows {
                var row = row
                row.transfer = row.transfer.flatMap { transfer in
                    guard case .conversation(let interaction, let last) = content else { return nil }
                    var transfer = transfer
                    transfer.content =
                        (try? readers.with { try Conversation(of: interaction.number, through: last, in: $0).bytes })
                        ?? []
                    return transfer.content.isEmpty ? nil : transfer
                }
                bytes += 256 + (row.transfer?.content.count ?? 0)
                told.rows.append(row)
                guard bytes < Self.pageBytesMax else {
                    told.isLast = told.isLast && told.rows.count == page.rows.count
                    break
                }
            }
            call.answer(200, json: told.bytes)
        }
        if !started { call.refuse(503, "overloaded", Unavailability.overloaded.text) }
    }
}

/// Collects the answers to a batch, and sends them when there is one for each message.
private final class BatchReplies: Sendable {
    private let call: PeerCall
    private let batch: PeerBatch
    private let from: SiteName
    private let incarnation: Int64
    private let state: Guarded<(answers: [PeerAnswer?], missing: Int)>

    init(_ call: PeerCall, _ batch: PeerBatch, from site: SiteName, incarnation: Int64) {
        self.call = call
        self.batch = batch
        from = site
        self.incarnation = incarnation
        // One more than there are: nothing leaves before all have been handed to the loop.
        state = Guarded((Array(repeating: nil, count: batch.entries.count), batch.entries.count + 1))
    }

    func set(_ index: Int, _ answer: PeerAnswer) {
        send(
            state.with { state in
                guard state.answers[index] == nil else { return nil }
                state.answers[index] = answer
                state.missing -= 1
                return state.missing == 0 ? state.answers : nil
            })
    }

    /// Everything has been handed over.
    func open() {
        send(
            state.with { state in
                state.missing -= 1
                return state.missing == 0 ? state.answers : nil
            })
    }

    private func send(_ answers: [PeerAnswer?]?) {
        guard let answers else { return }
        let reply = PeerAnswers(
            from: from, incarnation: incarnation, answers: answers.map { $0 ?? .later(reason: "not decided") })
        call.answer(200, json: reply.bytes(to: batch))
    }
}
