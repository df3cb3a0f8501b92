import ChannelKit
import HTTP
import InteractionModel
import Routing
import Synchronization

/// What a site does for its adapters: takes what they hear to the loop, and sends what they ask to be sent.
final class ChannelHost: ChannelServices, Sendable {
    let publicURL: String
    private let clock: SiteClock
    private let pseudonyms: PartyPseudonyms
    private let inbox: Inbox
    private let counters: SiteCounters
    /// To operators' own systems, and to addresses that others chose.
    private let ownClient: HTTPClient
    private let publicClient: HTTPClient

    init(
        publicURL: String, clock: SiteClock, pseudonyms: PartyPseudonyms, inbox: Inbox, counters: SiteCounters,
        release: String
    ) throws(ClientFailure) {
        self.publicURL = publicURL
        self.clock = clock
        self.pseudonyms = pseudonyms
        self.inbox = inbox
        self.counters = counters
        ownClient = try HTTPClient(ClientConfiguration(version: release, addressPolicy: .operatorsOwn))
        var guarded = ClientConfiguration(version: release, addressPolicy: .publicOnly)
        guarded.plainTextAllowed = false
        publicClient = try HTTPClient(guarded)
    }

    func shutdown() {
        ownClient.shutdown()
        publicClient.shutdown()
    }

    // MARK: ChannelServices

    func now() -> Timestamp { clock.wall() }

    func submit(_ event: ContactEvent, completion: @escaping @Sendable (Submission) -> Void) {
        hand(Job(.contact(pseudonyms.arrival(event)), reply(completion, channel: event.channel)), completion)
    }

    func report(_ report: DeliveryReport, completion: @escaping @Sendable (Submission) -> Void) {
        hand(Job(.report(report), reply(completion, channel: nil)), completion)
    }

    private func hand(_ job: Job, _ completion: @Sendable (Submission) -> Void) {
        switch inbox.offer(job) {
        case .taken: break
        case .full: completion(.refused(.init(.overloaded, retryAfter: .seconds(1))))
        case .closed: completion(.refused(.init(.stopping, retryAfter: .seconds(5))))
        }
    }

    private func reply(_ completion: @escaping @Sendable (Submission) -> Void, channel: ChannelName?) -> Reply {
        .call { [counters] outcome, _ in
            let submission = Submission(outcome)
            if let channel, case .accepted(_, duplicate: true) = submission { counters.duplicate(on: channel) }
            completion(submission)
        }
    }

    func perform(
        _ request: ClientRequest, under policy: AddressPolicy,
        completion: @escaping @Sendable (Result<ClientResponse, ClientFailure>) -> Void
    ) {
        let client = policy == .publicOnly ? publicClient : ownClient
        client.send(request, completion: completion)
    }

    func count(_ rejection: Rejection) { counters.rejected(rejection) }
}

extension PartyPseudonyms {
    /// A channel's event as the loop wants it.
    func arrival(
        _ event: ContactEvent, wish: RoutingWish = RoutingWish(), direction: Direction = .inbound
    ) -> ContactArrival {
        let content = ContactContent(event)
        return ContactArrival(
            contact: InboundContact(
                key: event.key, channel: event.channel, account: event.account, kind: event.kind,
                party: party(channel: event.channel, address: event.from), thread: thread(of: event),
                destination: event.to, wish: wish, direction: direction, language: event.language),
            content: content.bytes,
            confirmation: event.confirmation.map { content.reply(MessageContent(text: $0)).bytes })
    }
}

extension Submission {
    /// What the loop's answer means to an adapter. A contact that was not kept is refused, never dropped; a report on a
    /// message that is followed no more has done all it could.
    init(_ outcome: JobOutcome) {
        switch outcome {
        case .answered(.accepted(let id, _)): self = .accepted(id, duplicate: false)
        case .answered(.repeated(let id)): self = .accepted(id, duplicate: true)
        case .answered(.refused(.unknownMessage)): self = .accepted(nil, duplicate: false)
        case .answered(.refused): self = .refused(.init(.overloaded, retryAfter: .seconds(5)))
        case .answered: self = .accepted(nil, duplicate: false)
        case .unavailable(.overloaded): self = .refused(.init(.overloaded, retryAfter: .seconds(1)))
        case .unavailable(.stopping): self = .refused(.init(.stopping, retryAfter: .seconds(5)))
        case .unavailable: self = .refused(.init(.unavailable, retryAfter: .seconds(5)))
        }
    }
}
