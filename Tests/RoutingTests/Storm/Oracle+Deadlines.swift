import InteractionModel
import Routing

/// A state that ends by itself, as it stood before an input.
struct OracleDue: CustomStringConvertible {
    enum Subject: Equatable {
        case contact(Int64, OracleContact.State)
        case lostAgent(Int)
        case reclaim(Int)
        case status(Int)
        case hold(Int64)
        case guest(Int64, OfferID)
        case move(Int64)
        case hours(String)
    }

    var subject: Subject
    var at: Int64

    var description: String { "\(subject) at \(at)" }
}

/// What ends by itself, and when something must happen although nobody says anything.
extension Oracle {
    /// Everything that was due before the input of `now`.
    func whatIsDue(at now: Int64) -> [OracleDue] { deadlines().filter { $0.at <= now } }

    func isStillDue(_ due: OracleDue) -> Bool {
        hasConsequence(due) && deadlines().contains { $0.subject == due.subject && $0.at == due.at }
    }

    /// A move that the new plan does not know any more ends nothing; hours that are read may say the same again.
    private func hasConsequence(_ due: OracleDue) -> Bool {
        guard case .move(let id) = due.subject, let index = contact(InteractionID(id)) else { return true }
        return queue(contacts[index].queue).flatMap { nextIntraflow(in: $0) } != nil
    }

    private func deadlines() -> [OracleDue] {
        var deadlines = contacts.map { OracleDue(subject: .contact($0.id, $0.state), at: $0.until) }
        for index in agents.indices {
            if case .lost(let until) = agents[index].presence {
                deadlines.append(OracleDue(subject: .lostAgent(index), at: until))
            }
            if let at = agents[index].reclaimAt { deadlines.append(OracleDue(subject: .reclaim(index), at: at)) }
        }
        for index in agents.indices {
            guard let at = agents[index].statusUntil else { continue }
            deadlines.append(OracleDue(subject: .status(index), at: at))
        }
        for contact in contacts {
            if let at = contact.heldUntil { deadlines.append(OracleDue(subject: .hold(contact.id), at: at)) }
            for guest in contact.guests {
                guard let at = guest.until else { continue }
                deadlines.append(OracleDue(subject: .guest(contact.id, OfferID(guest.offer)), at: at))
            }
            if contact.isWaiting, let at = contact.moveAt {
                deadlines.append(OracleDue(subject: .move(contact.id), at: at))
            }
        }
        for gate in hours {
            if let at = gate.until { deadlines.append(OracleDue(subject: .hours(gate.calendar), at: at)) }
        }
        return deadlines
    }

    /// The router must wake itself at or before the first moment at which something happens without an input.
    mutating func checkAlarm(_ alarm: Timestamp?) {
        let alarm = alarm?.milliseconds ?? .max
        for due in deadlines() where due.at < alarm && hasConsequence(due) {
            complain("no alarm before \(due): the next is at \(alarm)")
        }
        for moment in turningPoints() where moment > now && moment < alarm {
            guard let pair = nextPair(at: moment) else { continue }
            complain(
                "contact \(contacts[pair.contact].id) could go to \(agents[pair.agent].name) at \(moment), the next alarm "
                    + "is at \(alarm)")
            return
        }
    }

    /// Moments at which a waiting contact comes within reach of somebody.
    func turningPoints() -> [Int64] {
        var moments: Set<Int64> = []
        for contact in contacts where contact.isWaiting {
            for ring in queue(contact.queue)?.rings ?? [] { moments.insert(contact.stamp + ring.after) }
            for pause in contact.excluded { moments.insert(pause.until) }
            if let until = contact.aloneUntil { moments.insert(until) }
        }
        return moments.sorted()
    }

    /// Nothing that ends a state by itself is recorded before its time.
    mutating func checkMoment(_ recorded: RecordedFact) {
        guard let index = contact(recorded.interaction) else { return }
        let isDue = contacts[index].until <= recorded.at.milliseconds
        switch recorded.fact {
        case .expired, .offerEnded(_, .timedOut), .wrapUpStarted("silence", _, _):
            if !isDue { complain("fact \(recorded.sequence), \(recorded.fact.type), came before its time") }
        default: break
        }
    }
}
