import Chance
import Federation
import InteractionModel

/// Which faults blow in one seed, and how hard. Every seed draws its own, so that each fault is also met without the others.
package struct Weather: Sendable, Equatable {
    package var sites = 5
    /// Of a thousand.
    package var requestLoss = 0
    package var answerLoss = 0
    package var duplication = 0
    /// How often a packet is slow, of a thousand, and how slow at most, in milliseconds.
    package var slow = 0
    package var slowest: Int64 = 100
    /// Mean milliseconds from one to the next; 0 is never.
    package var clogEvery: Int64 = 0
    package var partitionEvery: Int64 = 0
    package var crashEvery: Int64 = 0
    package var restartMax: Int64 = 0
    /// Of a thousand commits: the process ends just before it, or just after it and before anybody is answered.
    package var crashBeforeCommit = 0
    package var crashAfterCommit = 0
    /// One site ends for good.
    package var death = false
    /// How far sites' clocks are apart at most, in milliseconds.
    package var skew: Int64 = 0
    /// Inputs in one transaction, at most.
    package var batchMax = 50
    package var commitMax: Int64 = 20
    /// Milliseconds until a request that nobody answered counts as cut.
    package var timeout: Int64 = 10_000
    /// Until an offer in doubt is asked about by a CANCEL.
    package var cancelAfter: Int64 = 30_000
    /// Answers to requests that count as cut are heard all the same.
    package var hearsLateAnswers = false
    /// Processes come back by reading their rows, not by folding their journal.
    package var restoresFromRows = false
    /// Milliseconds from one customer to the next, over all sites.
    package var arrivalEvery: Int64 = 1000
    package var superviseEvery: Int64 = 2000
    /// At each site.
    package var agents = 4
    /// In a queue.
    package var waitingMax = 1000
    /// Seconds until a waiting contact may go elsewhere; 0: never by itself.
    package var interflowAfter: Int64 = 0

    package init() {}

    package init(seed: UInt64) {
        var dice = Dice(seed: seed ^ 0x5EED_0F3E_A7E2)
        sites = dice.happens(permille: 600) ? 5 : 3 + dice.below(6)
        drawNetwork(&dice)
        drawProcesses(&dice)
        drawPeople(&dice)
    }

    private mutating func drawNetwork(_ dice: inout Dice) {
        if dice.happens(permille: 700) { requestLoss = dice.below(301) }
        if dice.happens(permille: 700) { answerLoss = dice.below(301) }
        if dice.happens(permille: 700) { duplication = dice.below(501) }
        if dice.happens(permille: 700) {
            slow = dice.below(500)
            slowest = dice.number(100...10_000)
        }
        if dice.happens(permille: 400) { clogEvery = dice.number(5_000...120_000) }
        if dice.happens(permille: 500) { partitionEvery = dice.number(10_000...300_000) }
        if dice.happens(permille: 250) { timeout = dice.number(100...2_000) }
        hearsLateAnswers = dice.happens(permille: 500)
    }

    private mutating func drawProcesses(_ dice: inout Dice) {
        if dice.happens(permille: 750) {
            crashEvery = dice.number(10_000...600_000)
            restartMax = dice.happens(permille: 500) ? 5_000 : dice.number(1...300_000)
        }
        if dice.happens(permille: 400) { crashBeforeCommit = 1 + dice.below(10) }
        if dice.happens(permille: 400) { crashAfterCommit = 1 + dice.below(10) }
        death = dice.happens(permille: 50)
        if dice.happens(permille: 300) { skew = dice.number(1...3_600_000) }
        if dice.happens(permille: 250) { batchMax = 1 }
        if dice.happens(permille: 250) { commitMax = 500 }
        restoresFromRows = dice.happens(permille: 250)
        if dice.happens(permille: 500) { cancelAfter = dice.number(0...10_000) }
    }

    private mutating func drawPeople(_ dice: inout Dice) {
        arrivalEvery = dice.number(400...2_500)
        superviseEvery = dice.number(300...4_000)
        agents = 2 + dice.below(5)
        if dice.happens(permille: 250) { waitingMax = 1 + dice.below(6) }
        if dice.happens(permille: 700) { interflowAfter = dice.number(0...10) + 1 }
    }

    var outboxRules: OutboxRules {
        var rules = OutboxRules()
        rules.cancelAfter = Span(milliseconds: cancelAfter)
        return rules
    }
}

extension Weather {
    /// What can be taken out of a seed's weather, to see whether a failure needs it.
    package enum Fault: String, Sendable, CaseIterable {
        case death, skew, clogs, partitions, rows, loss, duplication, delay, crashes
        case commitCrashes = "commit-crashes"
        case late, timeouts
        case slowCommits = "slow-commits"
        case smallBatches = "small-batches"
        case narrowQueues = "narrow-queues"
        case cancels, interflow
    }

    mutating func end(_ fault: Fault) {
        switch fault {
        case .death: death = false
        case .skew: skew = 0
        case .clogs: clogEvery = 0
        case .partitions: partitionEvery = 0
        case .rows: restoresFromRows = false
        case .loss: (requestLoss, answerLoss) = (0, 0)
        case .duplication: duplication = 0
        case .delay: (slow, slowest) = (0, 100)
        case .crashes: crashEvery = 0
        case .commitCrashes: (crashBeforeCommit, crashAfterCommit) = (0, 0)
        case .late: hearsLateAnswers = false
        case .timeouts: timeout = 10_000
        case .slowCommits: commitMax = 20
        case .smallBatches: batchMax = 50
        case .narrowQueues: waitingMax = 1000
        case .cancels: cancelAfter = 30_000
        case .interflow: interflowAfter = 0
        }
    }
}

extension Weather: CustomStringConvertible {
    package var description: String {
        var words = ["\(sites) sites of \(agents)", "a contact each \(arrivalEvery) ms"]
        func say(_ value: Int64, _ text: String) { if value > 0 { words.append(text) } }
        say(Int64(requestLoss), "\(requestLoss) ‰ of requests lost")
        say(Int64(answerLoss), "\(answerLoss) ‰ of answers lost")
        say(Int64(duplication), "\(duplication) ‰ doubled")
        say(Int64(slow), "\(slow) ‰ up to \(slowest) ms late")
        say(clogEvery, "a link clogged each \(clogEvery / 1000) s")
        say(partitionEvery, "a partition each \(partitionEvery / 1000) s")
        say(crashEvery, "a site crashes each \(crashEvery / 1000) s, back within \(restartMax / 1000) s")
        say(Int64(crashBeforeCommit), "\(crashBeforeCommit) ‰ of commits crash before")
        say(Int64(crashAfterCommit), "\(crashAfterCommit) ‰ after")
        say(death ? 1 : 0, "one dies")
        say(skew, "clocks \(skew / 1000) s apart")
        say(batchMax == 1 ? 1 : 0, "batches of 1")
        say(commitMax > 100 ? 1 : 0, "slow commits")
        say(timeout < 10_000 ? 1 : 0, "requests cut after \(timeout) ms")
        say(hearsLateAnswers ? 1 : 0, "late answers heard")
        say(restoresFromRows ? 1 : 0, "restarts from rows")
        say(waitingMax < 1000 ? 1 : 0, "queues of \(waitingMax)")
        say(interflowAfter, "interflow after \(interflowAfter) s")
        return words.joined(separator: ", ")
    }
}
