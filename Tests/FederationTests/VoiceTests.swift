import Federation
import Glibc
import InteractionModel
import Testing

@Suite struct VoiceTests {
    private let munich = SiteName("munich")

    @Test("In every state of a call one agent has it at most, only where its leg is, and what sites believe is so")
    func everyState() throws {
        let isLarge = getenv("INTERFLOW_EXPLORE") != nil
        let states = try VoiceWorld(tries: isLarge ? 3 : 2, crashes: isLarge ? 2 : 1).explore()
        #expect(isLarge ? states > 4_209 : states == 4_209)
    }

    @Test(
        "A site or a switch that does one of these wrong is found out",
        arguments: zip(VoiceWorld.Bug.allCases, ["V1", "V3", "L3", "V1"]))
    func planted(bug: VoiceWorld.Bug, promise: String) {
        let broken = #expect(throws: CustodyWorld.Violation.self) {
            _ = try VoiceWorld(tries: 2, crashes: 1, bug: bug).explore()
        }
        #expect(broken?.description.prefix(2) == promise[...])
    }

    @Test("A call whose peer is slow is taken back alone, and its late label redirects nothing")
    func late() {
        let here = LiveCall(belief: .here)
        let offered = Voice.step(here, .offer(to: munich))
        #expect(offered.effect == .offer(1, to: munich))
        let back = Voice.step(offered.call, .takeBack)
        #expect(back.call.belief == .here)
        #expect(Voice.step(back.call, .labelReceived(1, from: munich, label: "800")).obstacle == .stale)
        #expect(Voice.step(back.call, .ring).effect == .connect)
    }

    @Test("While a redirect is outstanding the call stays frozen until the switch says what became of it")
    func outstanding() {
        let offered = Voice.step(LiveCall(belief: .here), .offer(to: munich)).call
        let redirecting = Voice.step(offered, .labelReceived(1, from: munich, label: "800"))
        #expect(redirecting.effect == .redirect(label: "800"))
        for input in [Voice.Input.takeBack, .ring, .labelReceived(1, from: munich, label: "800")] {
            let step = Voice.step(redirecting.call, input)
            #expect(step.obstacle != nil)
            #expect(step.call == redirecting.call)
        }
        #expect(Voice.step(redirecting.call, .failed).call.belief == .here)
        #expect(Voice.step(redirecting.call, .left).call.belief == .none)
    }

    @Test(
        "A leg that arrives is this site's, reservation or not; a repeated offer gets the same answer, a lapsed one none"
    )
    func arrival() {
        let until = Timestamp(milliseconds: 500)
        let reserved = Voice.step(LiveCall(), .offerReceived(1, from: munich, reserve: until))
        #expect(reserved.effect == .label(1, to: munich))
        #expect(
            Voice.step(reserved.call, .offerReceived(1, from: munich, reserve: nil)).effect == .label(1, to: munich))
        #expect(Voice.step(reserved.call, .ring).obstacle == .notHere)
        #expect(Voice.step(reserved.call, .lapse(Timestamp(milliseconds: 499))).obstacle == .stale)
        let lapsed = Voice.step(reserved.call, .lapse(until)).call
        #expect(Voice.step(lapsed, .offerReceived(1, from: munich, reserve: until)).obstacle == .stale)
        #expect(Voice.step(lapsed, .arrived).call.belief == .here)
        #expect(Voice.step(reserved.call, .arrived).call.reservation == nil)
    }

    @Test("After a restart nothing is done before the switch's snapshot, which wins over what was believed")
    func restart() {
        var call = LiveCall(belief: .here)
        call.hasAgent = true
        let restarted = Voice.step(call, .restarted).call
        #expect(Voice.step(restarted, .ring).obstacle == .notInSync)
        #expect(Voice.step(restarted, .arrived).obstacle == .notInSync)
        let gone = Voice.step(restarted, .snapshot(isHere: false, isTalking: false)).call
        #expect(gone.belief == .none && !gone.hasAgent)
        let here = Voice.step(restarted, .snapshot(isHere: true, isTalking: true)).call
        #expect(here.belief == .here && here.hasAgent && here.isInSync)
    }
}
