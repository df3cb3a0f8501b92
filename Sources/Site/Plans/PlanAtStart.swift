import Routing

/// Which plan a site begins with: whichever of file and activation was changed last (`Decisions/0001`).
enum PlanAtStart: Equatable {
    /// The file's rules become active, for the reason given.
    case file(String)
    /// What the journal says goes on, for the reason given.
    case journal(String)

    var takesFile: Bool { if case .file = self { true } else { false } }

    /// - Parameter source: a digest of what the file says (`PlanConfiguration.source`).
    init(active: Plan, file: Plan, source: String) {
        guard !active.queues.isEmpty else {
            self = .file("plan \(file.version) is active: the file's, as there was none before")
            return
        }
        guard let origin = active.origin else {  // Recorded by a release that always took the file's.
            self =
                active.version == file.version
                ? .journal("plan \(active.version) is active, as the file says")
                : .file("plan \(file.version) is active: the file was changed since the last start")
            return
        }
        if origin.file != source {
            self = .file("plan \(file.version) is active: the file was changed after \(active.version) was activated")
        } else if active.version == file.version {
            self = .journal("plan \(active.version) is active, as the file says")
        } else {
            self = .journal(
                "plan \(active.version) stays active, as \(origin.by) activated it; the file still says "
                    + "\(file.version), as it did then. interflow plan activate takes the file's")
        }
    }
}
