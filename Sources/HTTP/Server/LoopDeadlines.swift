/// The deadlines in milliseconds, counted once.
struct LoopDeadlines: Sendable {
    let head, body, bodyPer64KiB, idle, answer, writeStall, linger, webSocketPing, heartbeat, drainIdle,
        drainAccept: Int64

    init(_ deadlines: HTTPServer.Deadlines) {
        head = deadlines.head.loopMilliseconds
        body = deadlines.body.loopMilliseconds
        bodyPer64KiB = deadlines.bodyPer64KiB.loopMilliseconds
        idle = deadlines.idle.loopMilliseconds
        answer = deadlines.answer.loopMilliseconds
        writeStall = deadlines.writeStall.loopMilliseconds
        linger = deadlines.linger.loopMilliseconds
        webSocketPing = deadlines.webSocketPing.loopMilliseconds
        heartbeat = deadlines.heartbeat.loopMilliseconds
        drainIdle = deadlines.drainIdle.loopMilliseconds
        drainAccept = deadlines.drainAccept.loopMilliseconds
    }

    /// How often the loop looks for deadlines that passed.
    var tick: Int64 {
        let shortest = [head, body, idle, answer, writeStall, linger, webSocketPing, heartbeat].min() ?? 1000
        return min(500, max(10, shortest / 4))
    }
}
