import Federation
import InteractionModel
import Routing

/// Asks other sites to keep a place for a call before it is sent there.
protocol PlaceKeeping: Sendable {
    /// The sites that can be asked.
    var sites: [SiteName] { get }

    /// Asks `site`. `completion` is called once, on any thread, and soon after `deadline` at the latest.
    func ask(
        _ site: SiteName, _ keeping: RouteKeeping, content: [UInt8], deadline: Duration,
        completion: @escaping @Sendable (PlaceAnswer) -> Void)

    /// Tells `site` that a place is not needed any more. May be lost: the place lapses.
    func letGo(_ site: SiteName, _ key: RouteKey)
}

enum PlaceAnswer: Sendable, Hashable {
    case kept(RouteKept)
    case refused(String)
    /// Whatever it decided is not known; a place it keeps lapses.
    case noAnswer(String)
}
