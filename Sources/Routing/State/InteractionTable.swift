package import InteractionModel

/// Interactions by number, in pages of neighbours.
///
/// One dictionary would move every record it holds each time it grows: at 200,000 open contacts that is some 60 MB and a
/// tenth of a second in which nobody is answered. Here only the newest page grows, and a page goes when it is empty.
package struct InteractionTable: Sendable {
    /// Numbers to a page, as a power of two. Numbers are journal sequences, so a page holds at most as many interactions.
    static let pageBits: Int64 = 10

    private var pages: [Int64: [InteractionID: InteractionRecord]] = [:]

    private static func page(of id: InteractionID) -> Int64 { id.number >> pageBits }

    package subscript(id: InteractionID) -> InteractionRecord? {
        get { pages[Self.page(of: id)]?[id] }
        _modify {
            let page = Self.page(of: id)
            yield &pages[page, default: [:]][id]
            if pages[page]?.isEmpty == true { pages[page] = nil }
        }
    }

    /// Changes a record where it lies: the subscript takes the whole record out and puts it back. False when it is not here.
    @discardableResult
    mutating func change(_ id: InteractionID, _ body: (inout InteractionRecord) -> Void) -> Bool {
        guard let page = pages.index(forKey: Self.page(of: id)),
            let index = pages.values[page].index(forKey: id)
        else { return false }
        body(&pages.values[page].values[index])
        return true
    }

    package var isEmpty: Bool { pages.isEmpty }

    /// Every number, ascending: the only order there is.
    package var numbers: [InteractionID] {
        pages.values.flatMap { $0.keys }.sorted()
    }

    /// Every record, by ascending number.
    package var records: [InteractionRecord] {
        numbers.compactMap { self[$0] }
    }
}
