import HTTP
import InteractionModel
import Routing

/// One thing for the loop to do, and whom to tell.
struct Job: Sendable {
    enum Work: Sendable {
        case contact(ContactArrival)
        case report(DeliveryReport)
        /// An agent's message; the text is content, not the core's business.
        case reply(AgentName, InteractionID, key: IdempotencyKey, text: String)
        case event(Input.Event)
        /// What a peer said; its content is not the core's business.
        case peer(PeerInput, content: [UInt8]?)
        /// After a restore: what peers told; the conversation, where one was told, is not the core's business.
        case taught(RestorationLesson, content: [UInt8]?)
        /// A question where to deliver a call.
        case route(RouteJob)
        /// A plan to become the active one, if the active one is still the one it was made for.
        case activation(PlanActivation)
        /// Looks at the state after the commit and changes nothing.
        case inspect(@Sendable (borrowing RoutingState) -> Void)

        /// What makes a repetition of it the same.
        var key: IdempotencyKey? {
            switch self {
            case .contact(let arrival): arrival.contact.key
            case .report(let report): report.key
            case .reply(_, _, let key, _): key
            case .peer(let said, _): said.key
            case .event, .taught, .route, .activation, .inspect: nil
            }
        }
    }

    var work: Work
    var reply: Reply

    init(_ work: Work, _ reply: Reply = .nobody) {
        self.work = work
        self.reply = reply
    }
}

/// Whom the loop tells once the facts are durable.
enum Reply: Sendable {
    case nobody
    /// Called on the loop's thread after the batch's effects: quick, without waiting.
    case call(@Sendable (JobOutcome, borrowing RoutingState) -> Void)
    /// Answered together with the rest of the batch, so that one wake-up serves them all.
    /// Nil: somebody else answers, or has answered.
    case respond(HTTPResponder, @Sendable (JobOutcome, borrowing RoutingState) -> HTTPResponse?)
}

/// What became of a job.
enum JobOutcome: Sendable, Equatable {
    /// Its facts are durable.
    case answered(Answer)
    /// Nothing was kept; it may be asked again.
    case unavailable(Unavailability)
}

/// A question on its way to the loop, with what the journal keeps beside the answer, erasable.
struct RouteJob: Sendable {
    var input: RouteInput
    var content: [UInt8]?
    /// Whether its asker has been told the default meanwhile: then it is not decided any more.
    var isOver: @Sendable () -> Bool = { false }
}

/// Why the site takes nothing just now.
enum Unavailability: String, Sendable, Equatable {
    case overloaded
    /// The disk is full: heals by itself when space returns.
    case storeFull = "store-full"
    /// The journal failed; the process is about to end.
    case storeFailed = "store-failed"
    case stopping

    var text: String {
        switch self {
        case .overloaded: "too much waits to be written; nothing was kept, send it again"
        case .storeFull: "the disk is full; nothing was kept, send it again when space has been freed"
        case .storeFailed: "the journal cannot be written; nothing was kept, send it again"
        case .stopping: "the site is shutting down; nothing was kept, send it again"
        }
    }

    var retryAfterSeconds: Int {
        switch self {
        case .overloaded: 1
        case .storeFull, .storeFailed, .stopping: 5
        }
    }
}

/// A contact on its way to the loop: pseudonyms made, content written.
struct ContactArrival: Sendable {
    var contact: InboundContact
    /// What the journal keeps apart, erasable.
    var content: [UInt8]
    /// The answer a keyword gets, as content of its own.
    var confirmation: [UInt8]?
}
