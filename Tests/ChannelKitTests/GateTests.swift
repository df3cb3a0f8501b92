import ChannelKit
import Dispatch
import Testing
import Threads

struct GateTests {
    @Test("An open gate passes each value on, a closed one none")
    func closing() {
        let seen = Guarded<[Int]>([])
        let gate = Gate()
        let guarded = gate.guarding { (value: Int) in seen.change { $0.append(value) } }
        guarded(1)
        guarded(2)
        gate.close()
        gate.close()
        guarded(3)
        #expect(seen.change { $0 } == [1, 2])
    }

    @Test("Closing waits for whoever is inside, and nothing runs after it returned")
    func waiting() {
        for _ in 0..<50 {
            let gate = Gate()
            let isClosed = Guarded(false)
            let late = Guarded(0)
            let calls = Guarded(0)
            let guarded = gate.guarding { (_: Int) in
                calls.change { $0 += 1 }
                if isClosed.change({ $0 }) { late.change { $0 += 1 } }
            }
            DispatchQueue.concurrentPerform(iterations: 4) { worker in
                if worker == 0 {
                    calls.wait { $0 > 0 }
                    gate.close()
                    isClosed.change { $0 = true }
                } else {
                    for value in 0..<200 { guarded(value) }
                }
            }
            #expect(late.change { $0 } == 0)
        }
    }
}
