import InteractionModel
import Testing

@testable import Routing

/// Hold, consultation, conference and transfer: one agent owns a contact at every moment.
@Suite struct ConversationStories {
    static let queues = [
        QueuePlan(name: "support", offerTimeout: .seconds(20)),
        QueuePlan(name: "law", skills: SkillSet([skill("law")])),
    ]
    static let site = plan(
        [person("ana", takes: 2), person("ben", [skill("law")], takes: 2), person("cleo", [skill("law")], takes: 2)],
        queues: queues)

    /// Ana has carl's contact, and ben and cleo are there; the moment is 0.
    static func talking() -> (Office, InteractionID) {
        var office = Office(site, available: ["ana"])
        let id = office.writes("carl")
        office.accepts("ana", id)
        office.signsIn("ben")
        office.signsIn("cleo")
        return (office, id)
    }

    /// Ben is consulted.
    static func consulting() -> (Office, InteractionID) {
        var (office, id) = talking()
        office.says("ana", .consult(id, with: .agent("ben")))
        office.says("ben", .accept(OfferID(office.recorded[0].sequence)))
        return (office, id)
    }

    /// Ben and then cleo are in the conference.
    static func conferring() -> (Office, InteractionID) {
        var (office, id) = consulting()
        office.says("ana", .conference(id))
        office.says("ana", .consult(id, with: .agent("cleo")))
        office.says("cleo", .accept(OfferID(office.recorded[0].sequence)))
        office.says("ana", .conference(id))
        return (office, id)
    }

    // MARK: Hold

    @Test("A customer on hold is brought back by the agent, or by the limit")
    func hold() {
        var (office, id) = Self.talking()
        office.says("ana", .hold(id))
        #expect(office.facts == [.held(until: at(1800))])
        office.says("ana", .hold(id))
        #expect(office.answer == .refused(.wrongState(id, is: "on hold")))
        office.says("ana", .resume(id))
        #expect(office.facts == [.resumed(reason: "agent")])
        office.says("ana", .resume(id))
        #expect(office.answer == .refused(.wrongState(id, is: "active")))
        office.says("ana", .hold(id))
        office.secondsPass(1800)
        #expect(office.facts == [.resumed(reason: "limit")])
        #expect(office.stateOf(id) == .active("ana"))
    }

    @Test("Hold ends with the conversation, and its limit means nothing any more")
    func holdEnds() {
        var (office, id) = Self.talking()
        office.says("ana", .hold(id))
        office.says("ana", .wrapUp(id))
        #expect(office.state.interactions[id]?.heldUntil == nil)
        office.secondsPass(1800)
        #expect(office.facts == [.closed(disposition: nil, by: "wrap-up limit")])
    }

    // MARK: Consultation

    @Test("A colleague asked in by name is reserved until the answer, and holds the contact while consulted")
    func consult() {
        var (office, id) = Self.talking()
        office.says("ana", .consult(id, with: .agent("ben")))
        #expect(office.facts == [.invited(Invitation(agent: "ben", by: "ana", queue: nil, until: at(20)))])
        #expect(office.agent("ben")?.held == [id])
        let offer = OfferID(office.recorded[0].sequence)
        office.says("ben", .accept(offer))
        #expect(office.facts == [.invitationEnded(offer, .accepted(until: at(3600)))])
        office.says("ben", .accept(offer))
        #expect(office.answer == .accepted(id, isNew: false), "an acceptance that comes twice is no error")
        #expect(office.facts == [])
        #expect(office.stateOf(id) == .active("ana"), "one owner")
        office.secondsPass(3600)
        #expect(office.facts == [.guestLeft("ben", reason: "limit")])
        #expect(office.agent("ben")?.held == [])
    }

    @Test("An invitation ends by a no, by silence, or when the one who asked takes it back", arguments: 0..<3)
    func invitationEnds(way: Int) {
        var (office, id) = Self.talking()
        office.says("ana", .consult(id, with: .agent("ben")))
        let offer = OfferID(office.recorded[0].sequence)
        switch way {
        case 0: office.says("ben", .reject(offer, reason: "busy"))
        case 1: office.secondsPass(20)
        default: office.says("ana", .dismiss(id, "ben"))
        }
        let outcomes: [InvitationOutcome] = [
            .rejected(reason: "busy"), .timedOut, .cancelled(reason: "sent away by ana"),
        ]
        #expect(office.facts == [.invitationEnded(offer, outcomes[way])])
        #expect(office.agent("ben")?.held == [])
        #expect(office.agent("ben")?.status == .available, "not to answer a colleague is no missed contact")
        office.says("ben", .accept(offer))
        #expect(office.answer == .refused(.offerOver(offer, holder: nil)))
    }

    @Test("A queue's best free agent is asked, and it is said when there is none")
    func consultQueue() {
        var (office, id) = Self.talking()
        for name in ["ben", "cleo"] as [AgentName] {
            office.says("ana", .consult(id, with: .queue("law")))
            #expect(office.facts == [.invited(Invitation(agent: name, by: "ana", queue: "law", until: at(20)))])
        }
        office.says("ana", .consult(id, with: .queue("law")))
        #expect(office.answer == .refused(.nobodyAvailable("law")))
        office.says("ana", .consult(id, with: .queue("none")))
        #expect(office.answer == .refused(.unknownQueue("none")))
    }

    @Test("Who cannot be asked in is said why")
    func consultRefused() {
        var (office, id) = Self.talking()
        let mute = AgentPlan(name: "dora", capacity: [ChannelCapacity("voice", 1)])
        office.happens(
            .planActivated(plan(Self.site.agents + [mute, person("eve")], queues: Self.queues, version: "2")))
        office.signsIn("dora")
        let cases: [(AgentName, Refusal)] = [
            ("ana", .sameAgent("ana")), ("nobody", .unknownAgent("nobody")), ("eve", .notSignedIn("eve")),
            ("dora", .cannotServe("dora", why: "does not take sms")),
        ]
        for (name, refusal) in cases {
            office.says("ana", .consult(id, with: .agent(name)))
            #expect(office.answer == .refused(refusal))
            #expect(office.facts == [])
        }
        office.says("ben", .setStatus(.notReady(.init("lunch"))))
        office.says("ana", .consult(id, with: .agent("ben")))
        #expect(office.answer == .refused(.notAvailable("ben", why: "is not ready")))
        office.says("ben", .consult(id, with: .agent("cleo")))
        #expect(office.answer == .refused(.notYours(id, holder: "ana")))
    }

    @Test("Completing gives the contact to the colleague, and who had it is free")
    func complete() {
        var (office, id) = Self.consulting()
        office.secondsPass(10)
        office.says("ana", .complete(id, to: nil))
        #expect(
            office.facts == [
                .transferred(Transferred(from: "ana", to: "ben", reason: "transfer", activeUntil: at(10 + 43_200)))
            ])
        #expect(office.stateOf(id) == .active("ben"))
        #expect(office.agent("ana")?.held == [])
        #expect(office.agent("ben")?.held == [id])
        office.says("ana", .close(id, disposition: nil))
        #expect(office.answer == .refused(.notYours(id, holder: "ben")))
    }

    @Test("Completing needs somebody who is in the conversation")
    func completeRefused() {
        var (office, id) = Self.talking()
        office.says("ana", .complete(id, to: nil))
        #expect(office.answer == .refused(.nobodyConsulted(id)))
        office.says("ana", .consult(id, with: .agent("ben")))
        office.says("ana", .complete(id, to: "ben"))
        #expect(office.answer == .refused(.notAGuest("ben", of: id)), "an invitation is no consultation yet")
        office.says("ana", .conference(id))
        #expect(office.answer == .refused(.nobodyConsulted(id)))
    }

    // MARK: Conference

    @Test("A conference brings the customer back from hold, and whoever leaves it is free")
    func conference() {
        var (office, id) = Self.consulting()
        office.says("ana", .hold(id))
        office.says("ana", .conference(id))
        #expect(office.facts == [.resumed(reason: "conference"), .guestJoined("ben")])
        office.says("ben", .leave(id))
        #expect(office.facts == [.guestLeft("ben", reason: "left")])
        office.says("ana", .leave(id))
        #expect(office.answer == .refused(.nobodyConsulted(id)), "somebody must go on with it")
    }

    @Test("When the owner leaves a conference, who has been in it longest has the contact")
    func ownerLeaves() {
        var (office, id) = Self.conferring()
        office.says("ana", .leave(id))
        #expect(office.stateOf(id) == .active("ben"))
        office.says("ben", .leave(id))
        #expect(office.stateOf(id) == .active("cleo"))
        #expect(["ana", "ben"].allSatisfy { office.agent($0)?.held == [] })
    }

    @Test("Eight agents may be in one conversation, and no more")
    func participantsMax() {
        let crowd = (0..<9).map { AgentName("agent\($0)") }
        var office = Office(plan(crowd.map { person($0) }), available: crowd)
        let id = office.writes("carl")
        office.accepts("agent0", id)
        for guest in crowd[1...7] { office.says("agent0", .consult(id, with: .agent(guest))) }
        #expect(office.answer == .accepted(id, isNew: false))
        office.says("agent0", .consult(id, with: .agent("agent8")))
        #expect(office.answer == .refused(.tooManyParticipants(8)))
    }

    // MARK: What nobody asked for

    @Test("When the customer leaves or the owner ends it, all guests are free", arguments: 0..<4)
    func guestsGo(way: Int) {
        var (office, id) = Self.conferring()
        switch way {
        case 0: office.happens(.withdrawn(id, cause: "hung up"))
        case 1: office.says("ana", .close(id, disposition: nil))
        case 2: office.says("ana", .requeue(id, to: nil))
        default: office.secondsPass(43_200)
        }
        let holder = office.holder(of: id)
        #expect(["ben", "cleo"].allSatisfy { $0 == holder || office.agent($0)?.held.contains(id) == false })
        #expect(office.state.interactions[id]?.guests == [])
        #expect(Invariants(office.state).breaches == [])
    }

    @Test("An owner who is lost for good leaves a conference to the others at once")
    func ownerLost() {
        var (office, id) = Self.conferring()
        office.loses("ana")
        #expect(office.stateOf(id) == .active("ana"), "the seat is kept for a while")
        office.secondsPass(30)
        #expect(office.stateOf(id) == .active("ben"))
        #expect(office.agent("ana")?.reclaimAt == nil, "nothing is left to take back")
    }

    @Test("A guest who is lost for good is out, and the owner goes on")
    func guestLost() {
        var (office, id) = Self.consulting()
        office.loses("ben")
        office.secondsPass(30)
        #expect(
            office.facts == [
                .guestLeft("ben", reason: "connection lost"),
                .agentSignedOut("ben", reason: "connection lost", reclaimAt: nil),
            ])
        #expect(office.stateOf(id) == .active("ana"))
    }

    @Test("A plan without the owner leaves a conference to the others; one without a guest leaves the owner")
    func planRemoves() {
        var (office, id) = Self.conferring()
        office.happens(.planActivated(plan(Array(Self.site.agents[1...]), queues: Self.queues, version: "2")))
        #expect(office.stateOf(id) == .active("ben"))
        office.happens(.planActivated(plan([Self.site.agents[1]], queues: Self.queues, version: "3")))
        #expect(office.stateOf(id) == .active("ben"))
        #expect(office.state.interactions[id]?.guests == [])
        office.happens(.planActivated(plan([Self.site.agents[2]], queues: Self.queues, version: "4")))
        office.signsIn("cleo")
        #expect(office.holder(of: id) == "cleo", "back at its old place, and offered to who is left")
    }

    @Test("A guest may not sign out, nor write to the customer")
    func guestMayNot() {
        var (office, id) = Self.conferring()
        office.says("ben", .setStatus(.signedOut))
        #expect(office.answer == .refused(.holdsContacts(1)))
        office.replies("ben", to: id)
        #expect(office.answer == .refused(.notYours(id, holder: "ana")))
    }

    // MARK: Blind transfer

    @Test("A contact sent to an agent waits for that agent alone, then for anybody")
    func transferToAgent() {
        var (office, id) = Self.talking()
        office.says("cleo", .setStatus(.notReady(.init("lunch"))))
        for customer in ["c1", "c2"] as [PartyKey] {  // Ben is full.
            let other = office.writes(customer, wishing: RoutingWish(skills: SkillSet([skill("law")])))
            office.accepts("ben", other)
        }
        office.says("cleo", .setStatus(.available))
        office.says("ana", .transfer(id, to: .agent("ben")))
        #expect(
            office.facts == [
                .requeued(
                    Requeued(
                        by: "ana", requirement: Requirement(queue: "support"), notAgainBefore: at(60),
                        preference: Preference(agent: "ben", until: at(20))))
            ])
        office.secondsPass(19)
        #expect(office.stateOf(id) == .queued, "cleo is free, but it waits for ben")
        office.secondsPass(1)
        #expect(office.holder(of: id) == "cleo")
    }

    @Test("Who cannot be sent a contact is said why")
    func transferRefused() {
        var (office, id) = Self.talking()
        office.says("ana", .transfer(id, to: .queue("law")))
        #expect(office.holder(of: id) == "ben")
        office.accepts("ben", id)
        office.says("ben", .transfer(id, to: .agent("ana")))
        #expect(
            office.answer
                == .refused(.cannotServe("ana", why: "may not serve law, or lacks a skill the contact needs")))
        office.says("ben", .transfer(id, to: .agent("ben")))
        #expect(office.answer == .refused(.sameAgent("ben")))
        office.loses("cleo")
        office.says("ben", .transfer(id, to: .agent("cleo")))
        #expect(office.answer == .refused(.notSignedIn("cleo")))
        #expect(office.facts == [])
    }

    @Test("When the agent a contact waits for goes, it waits for anybody, even if that agent comes back")
    func awaitedAgentGoes() {
        var (office, id) = Self.talking()
        office.says("ben", .setStatus(.notReady(.init("lunch"))))
        office.says("cleo", .setStatus(.notReady(.init("lunch"))))
        office.says("ana", .transfer(id, to: .agent("ben")))
        office.says("cleo", .setStatus(.available))
        #expect(office.stateOf(id) == .queued)
        office.loses("ben")
        #expect(office.holder(of: id) == "cleo")
        office.connects("ben")
        office.says("cleo", .reject(office.offer(of: id), reason: nil))
        #expect(office.state.interactions[id]?.preference == Preference(agent: "ben", until: nil))
    }

    @Test("Given back for good, a contact never comes to that agent again")
    func notMe() {
        var office = Office(plan([person("ana")]), available: ["ana"])
        let id = office.writes("carl")
        office.accepts("ana", id)
        office.says("ana", .requeue(id, to: nil, notMe: true))
        #expect(
            office.facts == [
                .requeued(Requeued(by: "ana", requirement: Requirement(queue: "support"), notAgainBefore: nil))
            ])
        office.secondsPass(100_000)
        #expect(office.stateOf(id) == .queued)
    }
}
