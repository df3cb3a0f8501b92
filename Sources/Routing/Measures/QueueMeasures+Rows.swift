import InteractionModel
import JSON

/// Measures as rows of the store: `measures` holds what grows, one row to a queue; `minute` one cell of the last half hour.
///
/// Lists of numbers whose places are stable; a newer release adds to the end, and what an older one did not write is 0.
extension Measures {
    /// The rows of all that changed since the last call.
    mutating func takeRows() -> [EntityStateRow] {
        let touched = Set(changed).sorted()
        changed.removeAll(keepingCapacity: true)
        return touched.flatMap { index in
            [queues[index].row] + queues[index].ring.takeChanged().map(queues[index].cellRow)
        }
    }

    /// Every row there is, by queue.
    func allRows() -> [EntityStateRow] {
        queues.filter { $0.lastSequence > 0 }.sorted { $0.queue < $1.queue }.flatMap { queue in
            let used = queue.ring.cells.indices.filter { queue.ring.cells[$0].minute >= 0 }
            return [queue.row] + used.map(queue.cellRow)
        }
    }

    mutating func restore(_ rows: [EntityStateRow]) throws {
        for row in rows where row.kind == "measures" {
            let index = index(of: QueueName(row.id))
            queues[index].restore(try row.members(), lastSequence: row.lastSequence)
        }
        for row in rows where row.kind == "minute" {
            guard let slash = row.id.lastIndex(of: "/"), let slot = Int(row.id[row.id.index(after: slash)...]),
                (0..<MinuteRing.minutes).contains(slot)
            else { throw RestoreError(row: "minute \(row.id)", reason: "its name is not queue/slot") }
            let index = index(of: QueueName(String(row.id[..<slash])))
            let members = try row.members()
            var cell = MinuteRing.Cell(minute: members.number("minute"), lastSequence: row.lastSequence)
            QueueCounts.fields.fill(&cell.counts, from: members.numbers("counts"))
            queues[index].ring.restore(cell, in: slot)
        }
        changed = []
    }
}

extension QueueMeasures {
    fileprivate var row: EntityStateRow {
        var writer = JSONWriter(reservingCapacity: 512)
        writer.beginObject()
        writer.field("total", QueueCounts.fields.values(of: total))
        writer.field("score", EstimateScore.fields.values(of: score))
        writer.field("overtaking", Overtaking.fields.values(of: overtaking))
        writer.field(
            "line",
            [
                pace.waiting, pace.gapBegan.milliseconds, pace.movedAt.milliseconds, pace.exposure, pace.losses,
                pace.countedTo.milliseconds, pace.carried,
            ])
        writer.field("waits", waits.counts)
        writer.field("gaps", pace.gaps.stored)
        writer.field("ringing", ringing.stored)
        writer.field("handling", handling.stored)
        writer.endObject()
        return EntityStateRow(
            kind: "measures", id: queue.rawValue, lastSequence: lastSequence, snapshot: writer.bytes)
    }

    fileprivate func cellRow(_ slot: Int) -> EntityStateRow {
        var writer = JSONWriter()
        writer.beginObject()
        writer.field("minute", ring.cells[slot].minute)
        writer.field("counts", QueueCounts.fields.values(of: ring.cells[slot].counts))
        writer.endObject()
        return EntityStateRow(
            kind: "minute", id: "\(queue)/\(slot)", lastSequence: ring.cells[slot].lastSequence, snapshot: writer.bytes)
    }

    fileprivate mutating func restore(_ members: JSONObject, lastSequence: Int64) {
        self.lastSequence = lastSequence
        QueueCounts.fields.fill(&total, from: members.numbers("total"))
        EstimateScore.fields.fill(&score, from: members.numbers("score"))
        Overtaking.fields.fill(&overtaking, from: members.numbers("overtaking"))
        let line = members.numbers("line") + [0, 0, 0, 0, 0, 0, 0]
        pace = LinePace(
            waiting: line[0], gapBegan: Timestamp(milliseconds: line[1]), movedAt: Timestamp(milliseconds: line[2]),
            gaps: Spread(stored: members.numbers("gaps")), exposure: line[3], losses: line[4],
            countedTo: Timestamp(milliseconds: line[5]), carried: line[6])
        waits = WaitHistogram(stored: members.numbers("waits"))
        ringing = Spread(stored: members.numbers("ringing"))
        handling = Spread(stored: members.numbers("handling"))
    }
}

extension Spread {
    fileprivate var stored: [Int64] { [count, sum, squares] }

    fileprivate init(stored: [Int64]) {
        let stored = stored + [0, 0, 0]
        self.init(count: stored[0], sum: stored[1], squares: stored[2])
    }
}

extension EntityStateRow {
    fileprivate func members() throws -> JSONObject {
        do {
            guard case .object(let object) = try JSONValue.parse(snapshot ?? []) else {
                throw RestoreError(row: "\(kind) \(id)", reason: "it is not a JSON object")
            }
            return object
        } catch let error as JSONError {
            throw RestoreError(row: "\(kind) \(id)", reason: error.description)
        }
    }
}

extension JSONObject {
    fileprivate func number(_ name: String) -> Int64 { self[name]?.integerValue ?? 0 }

    fileprivate func numbers(_ name: String) -> [Int64] {
        (self[name]?.arrayValue ?? []).map { $0.integerValue ?? 0 }
    }
}
