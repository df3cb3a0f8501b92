import InteractionModel
import Routing

extension World {
    /// A queue's ways to other sites: two of them first, all of them later.
    func interflow(of site: Int, turnedBy turn: Int) -> [Interflow] {
        let others = names.indices.filter { $0 != site }.map { names[($0 + turn) % names.count] }
            .filter { $0 != names[site] }
        let first = Span.seconds(weather.interflowAfter)
        return [
            Interflow(after: first, sites: Array(others.prefix(2))),
            Interflow(after: first.advanced(by: .seconds(10)), sites: others),
        ]
    }
}

extension Span {
    func advanced(by other: Span) -> Span { Span(milliseconds: milliseconds + other.milliseconds) }
}
