import Federation
import InteractionModel

/// One contact's chain of custody: a column for each site, its epochs downwards, arrows where it was offered.
///
///     epoch  berlin               munich
///     0      held #2
///            agent #3
///     1      offered #7 ────────► taken #2
///            gone #9
struct CustodyDrawing {
    /// Events drawn, at most; further ones are counted.
    private static let eventsMax = 400
    private static let widthMin = 20

    private struct Cell {
        var epoch: CustodyEpoch
        var site: Int
        var text: String
        /// Where the offer comes from.
        var from: Int?
    }

    private let contact: ContactID
    private let sites: [SiteName]
    private var cells: [Cell] = []
    private let undrawn: Int

    init(
        _ contact: ContactID, sites: [SiteName], events: [(place: CustodyFinding.Place, event: CustodyEvent)]
    ) {
        self.contact = contact
        self.sites = sites
        undrawn = max(events.count - Self.eventsMax, 0)
        var epochs = Array(repeating: CustodyEpoch.first, count: sites.count)
        for (place, event) in events.prefix(Self.eventsMax) {
            guard let site = sites.firstIndex(of: place.site) else { continue }
            let (text, epoch, from) = Self.words(event)
            epochs[site] = epoch ?? epochs[site]
            cells.append(
                Cell(
                    epoch: epochs[site], site: site, text: "\(text) #\(place.sequence)",
                    from: from.flatMap { sites.firstIndex(of: $0) }))
        }
    }

    private static func words(_ event: CustodyEvent) -> (text: String, epoch: CustodyEpoch?, from: SiteName?) {
        switch event {
        case .began: ("held", .first, nil)
        case .assigned: ("agent", nil, nil)
        case .unassigned: ("waits", nil, nil)
        case .ended: ("ended", nil, nil)
        case .changed(.offered(let epoch, let to)): ("offered \(to)", epoch, nil)
        case .changed(.took(let epoch, let from, _)): ("TAKEN", epoch, from)
        case .changed(.refused(let epoch, let from, _, _)): ("refused", epoch, from)
        case .changed(.gone(let epoch, _, _)): ("gone", epoch, nil)
        case .changed(.regained(let epoch, _, _)): ("held again", epoch, nil)
        case .changed(.closed): ("closed", nil, nil)
        case .changed(.forced(let epoch, _, _)): ("TAKEN BACK BY FORCE", epoch, nil)
        case .restored(.suspected): ("restored", nil, nil)
        case .restored(.resumed(let epoch)): ("resumed", epoch, nil)
        case .restored(.yielded(let epoch, let to)): ("yielded to \(to)", epoch, nil)
        case .restored(.gaveBack(let epoch, let to, _)): ("given back to \(to)", epoch, nil)
        case .restored(.kept): ("as it was", nil, nil)
        }
    }

    var lines: [String] {
        guard !cells.isEmpty else { return ["\(contact) is in none of these journals"] }
        let widths = sites.indices.map { site in
            max(Self.widthMin, (cells.filter { $0.site == site }.map(\.text.count).max() ?? 0) + 4)
        }
        let lead = max(7, (cells.map(\.epoch.description.count).max() ?? 0) + 2)
        var lines = [pad("epoch", lead) + zip(sites, widths).map { pad($0.rawValue, $1) }.joined()]
        for epoch in Set(cells.map(\.epoch)).sorted() {
            for (row, texts) in rows(of: epoch).enumerated() {
                lines.append(pad(row == 0 ? epoch.description : "", lead) + line(texts, widths))
            }
        }
        if undrawn > 0 { lines.append("and \(undrawn) events more") }
        return lines.map { String($0.reversed().drop { $0 == " " }.reversed()) } + [""]
    }

    /// An epoch's first line shows who offered it to whom; then each site's own events follow, in its own order.
    private func rows(of epoch: CustodyEpoch) -> [[Int: Cell]] {
        var columns: [Int: [Cell]] = [:]
        for cell in cells where cell.epoch == epoch { columns[cell.site, default: []].append(cell) }
        let height = columns.values.map(\.count).max() ?? 0
        return (0..<height).map { row in
            var texts: [Int: Cell] = [:]
            for (site, column) in columns where row < column.count { texts[site] = column[row] }
            return texts
        }
    }

    private func line(_ texts: [Int: Cell], _ widths: [Int]) -> String {
        var columns = sites.indices.map { pad(texts[$0]?.text ?? "", widths[$0]) }
        if let arrow = texts.values.first(where: { $0.from.map { texts[$0] != nil } ?? false }), let from = arrow.from {
            draw(from, arrow.site, texts, widths, &columns)
        }
        return columns.joined()
    }

    /// From the right edge of the left text to the next column's left edge, whichever way it points.
    private func draw(_ from: Int, _ to: Int, _ texts: [Int: Cell], _ widths: [Int], _ columns: inout [String]) {
        let left = min(from, to)
        for site in left..<max(from, to) {
            let lead = site == left ? (texts[site]?.text ?? "") + " " : "─"
            let isLast = site == max(from, to) - 1
            var dashes = Array(repeating: Character("─"), count: max(widths[site] - lead.count - 1, 1))
            if site == left, to == left { dashes[0] = "◄" }
            if isLast, to != left { dashes[dashes.count - 1] = "►" }
            columns[site] = lead + String(dashes) + (isLast ? " " : "─")
        }
    }

    private func pad(_ text: String, _ width: Int) -> String {
        text.count < width ? text + String(repeating: " ", count: width - text.count) : text + " "
    }
}
