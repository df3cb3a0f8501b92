import CCurl
import Glibc
import Threads

/// The client's thread and its inbox.
///
/// Callers touch only `inbox`, under its lock, and wake the thread; libcurl and `exchanges` belong to the thread alone.
/// That split is why the unchecked `Sendable` holds. libcurl's multi handle may be woken from any thread, as long as
/// it lives: the thread frees it under the same lock that guards the wake-up.
final class ClientEngine: @unchecked Sendable {
    enum Wish { case cancel, resume }

    private struct Inbox {
        var waiting: [ClientJob] = []
        /// Accepted and not completed: what a wish may name, which bounds the wishes too.
        var live: Set<UInt64> = []
        var cancelled: Set<UInt64> = []
        var resumed: Set<UInt64> = []
        var numbersGiven: UInt64 = 0
        var isStopping = false
        var isStopped = false
        var wakeIsPending = false
        var thread: pthread_t?
    }

    /// What one turn of the thread takes out of the inbox.
    private struct Turn {
        var begun: [ClientJob] = []
        var expired: [ClientJob] = []
        var cancelled: Set<UInt64> = []
        var cancelledWaiting: [ClientJob] = []
        var resumed: Set<UInt64> = []
        var isLast = false
        /// When the next waiting job expires.
        var nextDue: Int64?
    }

    private let configuration: ClientConfiguration
    private let inbox = Guarded(Inbox())
    private let multi: UnsafeMutableRawPointer
    private var exchanges: [UInt64: ClientExchange] = [:]

    init(_ configuration: ClientConfiguration) throws(ClientFailure) {
        guard ClientCurl.isReady, let multi = curl_multi_init() else {
            throw ClientFailure(.exhausted, .notSent, cause: "libcurl could not start")
        }
        self.configuration = configuration
        self.multi = multi
        _ = interflow_curl_multi_set_long(multi, CURLMOPT_MAXCONNECTS, configuration.idleConnectionsMax)
        guard WorkThread.start({ self.run() }) else {
            curl_multi_cleanup(multi)
            throw ClientFailure(.exhausted, .notSent, cause: "no thread for the client")
        }
    }

    // MARK: Any thread

    var isOnOwnThread: Bool {
        inbox.with { $0.thread.map { pthread_equal($0, pthread_self()) != 0 } ?? false }
    }

    func submit(
        _ request: ClientRequest, onBytes: (@Sendable ([UInt8]) -> ClientStreamDemand)?,
        completion: @escaping @Sendable (Result<ClientResponse, ClientFailure>) -> Void
    ) -> ClientTransfer {
        do throws(ClientFailure) {
            let prepared = try ClientPreparedRequest(request, configuration: configuration, streams: onBytes != nil)
            return ClientTransfer(engine: self, id: try accept(prepared, onBytes: onBytes, completion: completion))
        } catch {
            completion(.failure(error))
            return ClientTransfer(engine: nil, id: 0)
        }
    }

    private func accept(
        _ request: ClientPreparedRequest, onBytes: (@Sendable ([UInt8]) -> ClientStreamDemand)?,
        completion: @escaping @Sendable (Result<ClientResponse, ClientFailure>) -> Void
    ) throws(ClientFailure) -> UInt64 {
        let outcome: Result<UInt64, ClientFailure> = inbox.with { inbox in
            guard !inbox.isStopping else {
                return .failure(ClientFailure(.shutDown, .notSent, cause: "the client was shut down"))
            }
            // A job rests in `waiting` for a moment even while places are free, so free places count beside the queue.
            guard inbox.live.count < configuration.transfersMax + configuration.waitingMax else {
                let cause = "\(request.url.origin): \(inbox.live.count) transfers are under way or waiting"
                return .failure(ClientFailure(.tooManyWaiting, .notSent, cause: cause))
            }
            inbox.numbersGiven += 1
            let job = ClientJob(id: inbox.numbersGiven, request: request, onBytes: onBytes, completion: completion)
            inbox.live.insert(job.id)
            inbox.waiting.append(job)
            wake(&inbox)
            return .success(job.id)
        }
        return try outcome.get()
    }

    func post(_ wish: Wish, for id: UInt64) {
        inbox.with { inbox in
            guard inbox.live.contains(id) else { return }  // It has ended.
            switch wish {
            case .cancel: inbox.cancelled.insert(id)
            case .resume: inbox.resumed.insert(id)
            }
            wake(&inbox)
        }
    }

    func requestStop() {
        inbox.with { inbox in
            inbox.isStopping = true
            wake(&inbox)
        }
    }

    func waitUntilStopped() {
        inbox.wait { $0.isStopped ? () : nil }
    }

    /// One system call at most between two turns of the thread.
    private func wake(_ inbox: inout Inbox) {
        guard !inbox.wakeIsPending, !inbox.isStopped else { return }
        inbox.wakeIsPending = true
        curl_multi_wakeup(multi)
    }

    // MARK: The client's thread

    private func run() {
        inbox.with { $0.thread = pthread_self() }
        while true {
            let turn = takeTurn()
            if turn.isLast { break }
            serve(turn)
            var running: Int32 = 0
            curl_multi_perform(multi, &running)
            let hasEnded = collectEnded()
            endSilent()
            if !hasEnded { curl_multi_poll(multi, nil, 0, pause(until: turn.nextDue), nil) }
        }
        stop()
    }

    private func takeTurn() -> Turn {
        let now = ClientClock.milliseconds()
        return inbox.with { inbox in
            var turn = Turn()
            inbox.wakeIsPending = false
            turn.isLast = inbox.isStopping
            turn.cancelled = inbox.cancelled
            turn.resumed = inbox.resumed
            inbox.cancelled = []
            inbox.resumed = []
            guard !turn.isLast, !inbox.waiting.isEmpty else { return turn }
            if !turn.cancelled.isEmpty {
                turn.cancelledWaiting = inbox.waiting.filter { turn.cancelled.contains($0.id) }
                inbox.waiting.removeAll { turn.cancelled.contains($0.id) }
            }
            let free = max(0, configuration.transfersMax - exchanges.count)
            turn.begun = Array(inbox.waiting.prefix(free))
            inbox.waiting.removeFirst(turn.begun.count)
            guard !inbox.waiting.isEmpty else { return turn }
            turn.expired = inbox.waiting.filter { ($0.due ?? .max) <= now }
            if !turn.expired.isEmpty { inbox.waiting.removeAll { ($0.due ?? .max) <= now } }
            turn.nextDue = inbox.waiting.lazy.compactMap(\.due).min()
            return turn
        }
    }

    private func serve(_ turn: Turn) {
        for job in turn.cancelledWaiting {
            finish(
                job, .failure(ClientFailure(.cancelled, .notSent, cause: "\(job.request.url.origin): while waiting")))
        }
        for job in turn.expired { finish(job, .failure(Self.expiry(of: job))) }
        for id in turn.cancelled {
            guard let exchange = exchanges[id] else { continue }
            end(exchange, .failure(exchange.failure(.cancelled, "cancelled")))
        }
        for id in turn.resumed { exchanges[id]?.resume() }
        for job in turn.begun { begin(job) }
    }

    private static func expiry(of job: ClientJob) -> ClientFailure {
        ClientFailure(
            .timedOut, .notSent, cause: "\(job.request.url.origin): deadline passed while waiting for a place")
    }

    private func begin(_ job: ClientJob) {
        guard (job.due ?? .max) > ClientClock.milliseconds() else { return finish(job, .failure(Self.expiry(of: job))) }
        guard let exchange = ClientExchange(job, configuration: configuration) else {
            let cause = "\(job.request.url.origin): libcurl refused the transfer's options"
            return finish(job, .failure(ClientFailure(.exhausted, .notSent, cause: cause)))
        }
        exchanges[job.id] = exchange
        guard curl_multi_add_handle(multi, exchange.handle) == CURLM_OK else {
            return end(exchange, .failure(exchange.failure(.exhausted, "curl_multi_add_handle refused")))
        }
    }

    /// Reports every transfer libcurl has finished; true when there was one, and so a place is free now.
    private func collectEnded() -> Bool {
        var hasEnded = false
        var left: Int32 = 0
        while let message = curl_multi_info_read(multi, &left) {
            guard message.pointee.msg == CURLMSG_DONE, let handle = message.pointee.easy_handle else { continue }
            let code = message.pointee.data.result
            var context: UnsafeMutableRawPointer?
            _ = interflow_curl_get_context(handle, &context)
            let exchange = ClientExchange.from(context)
            hasEnded = true
            end(exchange, exchange.result(code))
        }
        return hasEnded
    }

    private func endSilent() {
        let now = ClientClock.milliseconds()
        for exchange in exchanges.values.filter({ ($0.silenceDue ?? .max) <= now }) {
            end(exchange, .failure(exchange.failure(.timedOut, "nothing came for silenceMax")))
        }
    }

    private func end(_ exchange: ClientExchange, _ result: Result<ClientResponse, ClientFailure>) {
        exchanges[exchange.job.id] = nil
        curl_multi_remove_handle(multi, exchange.handle)
        finish(exchange.job, result)
    }

    /// The one place where a completion is called, after the job's number was forgotten.
    private func finish(_ job: ClientJob, _ result: Result<ClientResponse, ClientFailure>) {
        inbox.with { inbox in
            inbox.live.remove(job.id)
            inbox.cancelled.remove(job.id)
            inbox.resumed.remove(job.id)
        }
        job.completion(result)
    }

    /// A waiting job's deadline, a silence's or a minute; libcurl shortens it to its own next timer.
    private func pause(until nextDue: Int64?) -> Int32 {
        let due = exchanges.values.lazy.compactMap(\.silenceDue).reduce(nextDue ?? .max, min)
        guard due < .max else { return 60_000 }
        return Int32(min(60_000, max(0, due - ClientClock.milliseconds())))
    }

    private func stop() {
        for exchange in Array(exchanges.values) {
            end(exchange, .failure(exchange.failure(.shutDown, "the client was shut down")))
        }
        let waiting = inbox.with { inbox in
            defer { inbox.waiting = [] }
            return inbox.waiting
        }
        for job in waiting {
            finish(job, .failure(ClientFailure(.shutDown, .notSent, cause: "the client was shut down")))
        }
        inbox.change { inbox in
            inbox.isStopped = true
            curl_multi_cleanup(multi)
        }
    }
}
