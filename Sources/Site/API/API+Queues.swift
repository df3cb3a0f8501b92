import HTTP
import InteractionModel
import JSON
import Routing

/// What the queues know of themselves.
extension API {
    var queueOperations: [Operation] {
        [
            Operation(
                method: .get, path: "/v1/queues", access: .roles([.supervisor, .admin]), id: "listQueues",
                summary: "Every queue: who waits, how it serves, how long it will take; and what each figure means.",
                responses: [(200, "The queues.", Schemas.list), (503, "Too busy; try again.", nil)],
                perform: listQueues),
            Operation(
                method: .get, path: "/v1/queues/{name}", access: .roles([.supervisor, .admin]), id: "getQueue",
                summary: "One queue: who waits, how it serves, how long it will take.",
                parameters: [
                    .init(name: "name", place: .path, isRequired: true, text: "The queue's name in the plan.")
                ],
                responses: [
                    (200, "The queue.", Schemas.list), (404, "The plan has no such queue.", nil),
                    (503, "Too busy; try again.", nil),
                ], perform: readQueue),
        ]
    }

    private func listQueues(_ call: Call) {
        inspect(call) { state in
            var writer = JSONWriter(reservingCapacity: 16 << 10)
            writer.beginObject()
            writer.field("at", state.now.milliseconds)
            writer.field("plan", state.plan.version)
            writer.key("queues")
            writer.beginArray()
            for queue in state.plan.queues { state.report(on: queue.name)?.write(to: &writer) }
            writer.endArray()
            writer.key("definitions")
            writer.beginObject()
            for (name, meaning) in QueueReport.definitions {
                writer.key(name)
                writer.string(meaning)
            }
            writer.endObject()
            writer.endObject()
            return writer.bytes
        }
    }

    private func readQueue(_ call: Call) {
        let name = call.arguments[0]
        let responder = call.responder
        let look: @Sendable (borrowing RoutingState) -> Void = { state in
            guard let report = state.report(on: QueueName(name)) else {
                return responder.send(.problem(404, "no-queue", "The plan has no such queue."))
            }
            var writer = JSONWriter(reservingCapacity: 4096)
            report.write(to: &writer)
            responder.send(.json(200, writer.bytes))
        }
        switch inbox.offer(Job(.inspect(look))) {
        case .taken: break
        case .full: responder.send(.unavailable(.overloaded))
        case .closed: responder.send(.unavailable(.stopping))
        }
    }
}
