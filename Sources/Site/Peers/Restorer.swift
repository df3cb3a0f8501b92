import Federation
import InteractionModel
import Routing
import Threads

/// After a restore from a backup: asks every peer what it knows of custody, and brings it to the core.
///
/// A peer that does not answer is asked again, for as long as it takes: until all have told, nothing of the backup moves.
/// Who will never tell is taken out of the peers (`interflow peer remove`). Nothing here is durable: a process that dies
/// meanwhile asks anew.
final class Restorer: Sendable {
    /// Contacts in one lesson, at most.
    private static let lessonMax = 500
    private static let deadline = Duration.seconds(30)
    private static let pauseMax = Span.seconds(30)

    private let site: SiteName
    private let incarnation: Int64
    private let client: PeerClient
    private let book: PeerBook
    private let inbox: Inbox
    private let clock: SiteClock
    private let pseudonyms: PartyPseudonyms
    private let diary: Diary
    private let course = Guarded(Course())

    private struct Course {
        var isActive = false
        /// Whether the core has said that there is nothing to do.
        var isOver = false
        var tellers: [SiteName: Teller] = [:]
        /// What is left to teach; nil until all have told.
        var lessons: [Lesson]?
        var isTeaching = false
    }

    private struct Teller {
        var incarnation: Int64?
        var restorations: Int64 = 0
        var rows: [ToldRows.Row] = []
        var isDone = false
        var isAsked = false
        var failures = 0
        var askAt = Timestamp(milliseconds: 0)
        var fault: String?
    }

    private struct Lesson {
        var lesson: RestorationLesson
        var content: [UInt8]?
    }

    init(desk: PeerDesk, inbox: Inbox, clock: SiteClock, pseudonyms: PartyPseudonyms, diary: Diary) {
        site = desk.site
        incarnation = desk.incarnation
        client = desk.client
        book = desk.book
        self.inbox = inbox
        self.clock = clock
        self.pseudonyms = pseudonyms
        self.diary = diary
    }

    /// The peers that have not told yet, in order of name, and why if it is known; nil when nobody is asked.
    var waitingFor: [(peer: SiteName, fault: String?)]? {
        let names = book.peers.map(\.name).sorted()
        return course.with { course in
            guard course.isActive else { return nil }
            return names.compactMap { name in
                let teller = course.tellers[name]
                return teller?.isDone == true ? nil : (name, teller?.fault)
            }
        }
    }

    /// Whether `look` must be called though there may be no peer.
    var isNeeded: Bool { course.with { !$0.isOver } }

    /// Called each second with what the core says of itself.
    func look(isRestoring: Bool) {
        let names = book.peers.map(\.name).sorted()
        let now = clock.now()
        let (isNew, due, isComplete) = course.with { course -> (Bool, [SiteName], Bool) in
            guard isRestoring else {
                course = Course(isOver: true)
                return (false, [], false)
            }
            let isNew = !course.isActive
            course.isActive = true
            for gone in course.tellers.keys where !names.contains(gone) { course.tellers[gone] = nil }
            var due: [SiteName] = []
            for name in names {
                var teller = course.tellers[name] ?? Teller()
                if !teller.isDone, !teller.isAsked, teller.askAt <= now {
                    teller.isAsked = true
                    due.append(name)
                }
                course.tellers[name] = teller
            }
            return (isNew, due, names.allSatisfy { course.tellers[$0]?.isDone == true })
        }
        if isNew {
            diary.warn(
                "restored from a backup: nothing of it moves until every peer has told what it knows ("
                    + names.map(\.rawValue).joined(separator: ", ") + ")")
        }
        for name in due { ask(name) }
        if isComplete { teach() }
    }

    // MARK: Asking

    private func ask(_ peer: SiteName) {
        let after = course.with { $0.tellers[peer]?.rows.last?.contact }
        let fence = Fence(from: site, incarnation: incarnation, after: after)
        client.post(peer, "/federation/v1/fence", body: fence.bytes, deadline: Self.deadline) { [weak self] reply in
            self?.heard(peer, reply)
        }
    }

    private func heard(_ peer: SiteName, _ reply: PeerReply) {
        let now = clock.now()
        var (told, fault): (ToldRows?, String?) = (nil, nil)
        switch reply {
        case .answered(200, let body, let life):
            do {
                let read = try ToldRows(body)
                if read.from == peer, read.incarnation == life { told = read } else { fault = "it speaks of another" }
            } catch {
                fault = "what it tells cannot be read: \(error)"
            }
        case .answered(let status, _, _): fault = "it answers with status \(status)"
        case .noAnswer(let reason): fault = "\(reason.reason.rawValue): \(reason.detail)"
        }
        let (goesOn, isDone) = course.with { course -> (Bool, Bool) in
            guard course.isActive, var teller = course.tellers[peer] else { return (false, false) }
            teller.isAsked = false
            if let told, teller.incarnation == nil || teller.incarnation == told.incarnation {
                teller.incarnation = told.incarnation
                teller.restorations = told.restorations
                teller.rows += told.rows
                (teller.failures, teller.fault) = (0, nil)
                // A page that is not the last moves on, or it would be asked for ever.
                teller.isDone = told.isLast || told.rows.isEmpty
                teller.isAsked = !teller.isDone
            } else {
                // In another life than it was: what it told before counts no more.
                if told != nil { teller = Teller() }
                teller.failures += 1
                teller.fault = fault
                let pause = min(Span(milliseconds: 1000 << min(teller.failures - 1, 5)), Self.pauseMax)
                teller.askAt = now.advanced(by: pause)
            }
            course.tellers[peer] = teller
            return (teller.isAsked, teller.isDone)
        }
        if goesOn { ask(peer) }
        if isDone { diary.note("site \(peer) has told what it knows of custody") }
    }

    // MARK: Teaching

    /// On a thread of its own, for conversations are read again, and the loop must not wait for that.
    private func teach() {
        let told = course.with { course -> [SiteName: Teller]? in
            guard course.isActive, !course.isTeaching else { return nil }
            course.isTeaching = true
            return course.tellers
        }
        guard let told else { return }
        let started = WorkThread.start { [self] in
            let lessons = lessons(told)
            course.with { $0.lessons = $0.lessons ?? lessons }
            teachNext()
        }
        if !started { course.with { $0.isTeaching = false } }  // The next look tries again.
    }

    /// One after the other: each is durable before the next.
    private func teachNext() {
        guard let next = course.with({ $0.lessons?.first }) else { return }
        let job = Job(
            .taught(next.lesson, content: next.content),
            .call { [weak self] outcome, _ in self?.taught(next.lesson, outcome) })
        if inbox.offer(job) != .taken { course.with { $0.isTeaching = false } }  // The next look tries again.
    }

    private func taught(_ lesson: RestorationLesson, _ outcome: JobOutcome) {
        guard case .answered(.restoration(let result)) = outcome else { return course.with { $0.isTeaching = false } }
        switch result {
        case .more:
            course.with { if !lesson.isLast { $0.lessons?.removeFirst() } }
            teachNext()
        case .outdated: course.with { $0 = Course() }
        case .ended:
            course.with { $0 = Course() }
            diary.note("every peer has told: the contacts of the backup are decided, and this site goes on")
        }
    }

    private func lessons(_ tellers: [SiteName: Teller]) -> [Lesson] {
        var lives: [RestorationLesson.Life] = []
        var known: [ContactID: (told: [Restoration.Told], hasEnded: Bool, transfer: Transfer?)] = [:]
        for (site, teller) in tellers.sorted(by: { $0.key < $1.key }) {
            let life = teller.incarnation ?? 0
            lives.append(.init(site: site, incarnation: life, restorations: teller.restorations))
            for row in teller.rows {
                var one = known[row.contact] ?? ([], false, nil)
                one.told.append(Restoration.Told(site: site, incarnation: life, row: row.row))
                one.hasEnded = one.hasEnded || row.hasEnded
                // Home knows all that its customer wrote.
                if one.transfer == nil || row.contact.site == site { one.transfer = row.transfer ?? one.transfer }
                known[row.contact] = one
            }
        }
        var lessons: [Lesson] = []
        var plain = RestorationLesson(lives: lives, contacts: [], isLast: false)
        for (contact, one) in known.sorted(by: { $0.key < $1.key }) {
            var learnt = RestorationLesson.Contact(contact, told: one.told, hasEnded: one.hasEnded)
            if let transfer = one.transfer, let received = ReceivedConversation(transfer, pseudonyms) {
                learnt.transfer = transfer
                learnt.transfer?.content = []
                (learnt.party, learnt.thread) = (received.party, received.thread)
                let lesson = RestorationLesson(lives: lives, contacts: [learnt], isLast: false)
                lessons.append(Lesson(lesson: lesson, content: received.content))
                continue
            }
            plain.contacts.append(learnt)
            guard plain.contacts.count >= Self.lessonMax else { continue }
            lessons.append(Lesson(lesson: plain))
            plain.contacts = []
        }
        plain.isLast = true
        return lessons + [Lesson(lesson: plain)]
    }
}
